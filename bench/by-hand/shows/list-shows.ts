import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';

const listed = {
  type: 'object',
  properties: { image: { type: 'string' }, slug: { type: 'string' }, title: { type: 'string' } },
};

export const showsSchema = {
  querystring: {
    type: 'object',
    additionalProperties: false,
    properties: { limit: { type: 'integer', minimum: 1, maximum: 1000 }, cursor: { type: 'string', maxLength: 2000 } },
  },
  response: {
    200: {
      type: 'object',
      properties: { response: { type: 'array', items: listed }, cursor: { type: 'string' } },
    },
  },
};

interface Row {
  slug: string;
  title: string;
  image?: { showImage?: string };
}

/** All shows with DRM and episodes, or one page of them. */
export async function listShows(
  table: DynamoDBDocumentClient,
  name: string,
  { limit, cursor }: { limit?: number; cursor?: string },
) {
  const rows: Row[] = [];
  const isPage = limit !== undefined || cursor !== undefined;
  let start = cursor === undefined ? undefined : (JSON.parse(atob(cursor)) as Record<string, unknown>);
  do {
    const page = await table.send(
      new QueryCommand({
        TableName: name,
        IndexName: 'gsi_drm_episode',
        KeyConditionExpression: 'drmKey = :drm AND episodeCount > :none',
        ProjectionExpression: 'slug, title, image',
        ExpressionAttributeValues: { ':drm': 1, ':none': 0 },
        ExclusiveStartKey: start,
        ...(isPage && { Limit: limit ?? 1000 }),
      }),
    );
    rows.push(...((page.Items ?? []) as Row[]));
    start = page.LastEvaluatedKey;
  } while (start && !isPage);
  const response = rows.map(({ slug, title, image }) => ({ slug, title, image: image?.showImage ?? '' }));
  return { response, ...(start && { cursor: btoa(JSON.stringify(start)) }) };
}
