import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, BatchWriteCommand, DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { RunningApp } from 'keelson/testing';
import { newKey, startTokenIssuer, takesTokensOf, type TokenIssuer } from '../support/token-issuer.ts';
import { startShows } from '../support/shows.ts';
import { type Operation, readApi } from './api.ts';
import type { Shows } from './model/shows.ts';
import { createMint, type Mint } from './requests/mint.ts';
import { createSender, type Sender } from './requests/send.ts';

/** The shows app and everything that the fuzz has around it. */
export interface System {
  readonly app: RunningApp;
  readonly issuer: TokenIssuer;
  readonly operations: readonly Operation[];
  readonly mint: Mint;
  readonly sender: Sender;
  readonly table: TableView;
  /** Addresses by which the service is asked. */
  readonly doors: Readonly<Record<'gateway' | 'service', string>>;
  stop(): Promise<void>;
}

/** The table as it is, by the SDK: around the service. */
export interface TableView {
  read(slugs: readonly string[]): Promise<Shows>;
  readAll(): Promise<Shows>;
  remove(slugs: readonly string[]): Promise<void>;
}

export const trapPath = '/trap';

export async function startSystem(): Promise<System> {
  const issuer = await startTokenIssuer();
  const app = await startShows({ ...takesTokensOf(issuer), LOG_LEVEL: 'error' }).catch(async (error: unknown) => {
    await issuer.close();
    throw error;
  });
  const sender = createSender();
  const { client, table } = openTable(app.env);
  const [service = ''] = Object.values(app.serviceUrls);
  return {
    app,
    issuer,
    operations: await readApi(service),
    mint: await createMint({ issuer, stranger: await newKey(), trap: new URL(trapPath, issuer.issuer).href }),
    sender,
    table,
    doors: { gateway: app.url, service },
    stop: async () => {
      sender.close();
      client.destroy();
      await app.stop();
      await issuer.close();
    },
  };
}

function openTable(env: Readonly<Record<string, string>>): { client: DynamoDBDocumentClient; table: TableView } {
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '',
      region: env['AWS_REGION'] ?? '',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  );
  const TableName = env['SHOWS_TABLE'] ?? '';
  const bySlug = (items: readonly Record<string, unknown>[]): Shows =>
    new Map(items.map((item) => [String(item['slug']), item]));
  const table: TableView = {
    read: async (slugs) => {
      const pages = chunks([...new Set(slugs)].filter(isKey), 100).map((page) => {
        const Keys = page.map((slug) => ({ slug }));
        return client.send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } }));
      });
      return bySlug((await Promise.all(pages)).flatMap(({ Responses }) => Responses?.[TableName] ?? []));
    },
    readAll: async () => {
      const items: Record<string, unknown>[] = [];
      let start: Record<string, unknown> | undefined;
      do {
        const page = await client.send(new ScanCommand({ TableName, ConsistentRead: true, ExclusiveStartKey: start }));
        items.push(...(page.Items ?? []));
        start = page.LastEvaluatedKey;
      } while (start);
      return bySlug(items);
    },
    remove: async (slugs) => {
      for (const page of chunks(slugs, 25)) {
        const deletes = page.map((slug) => ({ DeleteRequest: { Key: { slug } } }));
        await client.send(new BatchWriteCommand({ RequestItems: { [TableName]: deletes } }));
      }
    },
  };
  return { client, table };
}

/** What can be a key at all; the rest cannot be in the table. */
const isKey = (slug: string) => slug !== '' && Buffer.byteLength(slug) <= 2_048;

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
