import type { App } from '@keelson/runtime';
import type { Table } from '@keelson/runtime/table';
import Type, { type Static } from 'typebox';
import type { StoredShow } from './stored-show.ts';

const ListedShow = Type.Object({
  image: Type.String({ description: 'Address of the picture; empty where the show has none' }),
  slug: Type.String(),
  title: Type.String(),
});

const schema = {
  summary: 'Shows with DRM that have episodes',
  description: 'All of them; page by page with `limit`, `cursor` or both.',
  querystring: Type.Object(
    {
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: 'Shows on a page, 1000 if absent' })),
      cursor: Type.Optional(
        Type.String({ maxLength: 2_000, pattern: '^[A-Za-z0-9_-]+$', description: '`cursor` of the page before' }),
      ),
    },
    { additionalProperties: false },
  ),
  response: {
    200: Type.Object({
      response: Type.Array(ListedShow),
      cursor: Type.Optional(Type.String({ description: 'Send it as `cursor` to read on; absent on the last page' })),
    }),
  },
};

/** Read from the index alone, so that the table is never scanned. */
const withDrmAndEpisodes = {
  index: 'gsi_drm_episode',
  where: { drmKey: 1, episodeCount: { gt: 0 } },
  select: ['slug', 'title', 'image'],
} as const;

/** `GET /v1/shows` */
export function listShows(app: App, path: string, shows: Table<StoredShow>): void {
  app.get(path, { auth: { scopes: ['shows.read'] }, schema }, async ({ query }) => {
    if (query.limit === undefined && query.cursor === undefined) return { response: await allShows(shows) };
    const { items, cursor } = await shows.query({ ...withDrmAndEpisodes, limit: 1000, ...query });
    return { response: items.map(toListed), ...(cursor !== undefined && { cursor }) };
  });
}

async function allShows(shows: Table<StoredShow>): Promise<Listed[]> {
  const all: Listed[] = [];
  for await (const show of shows.queryAll(withDrmAndEpisodes)) all.push(toListed(show));
  return all;
}

type Listed = Static<typeof ListedShow>;

function toListed({ slug, title, image }: Pick<StoredShow, 'slug' | 'title' | 'image'>): Listed {
  return { slug, title, image: image?.showImage ?? '' };
}
