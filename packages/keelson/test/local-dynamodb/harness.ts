import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { App } from '@keelson/contract';
import { startDynamoDb } from '../../src/local/dynamodb/index.ts';
import type { LocalTable } from '../../src/local/dynamodb/tables.ts';
import type { LocalContext, LocalPart } from '../../src/local/part.ts';

export const ends: (() => Promise<unknown> | void)[] = [];

/** Ends everything that was started, the latest first. */
export async function endAll(): Promise<void> {
  for (const end of ends.splice(0).reverse()) await end();
}

export type TestContext = LocalContext & { readonly lines: string[] };

export async function newContext(env: LocalContext['env'] = {}, app: Partial<App> = {}): Promise<TestContext> {
  const root = await mkdtemp(join(tmpdir(), 'keelson-dynamodb-'));
  ends.push(() => rm(root, { recursive: true, force: true }));
  const lines: string[] = [];
  return {
    root,
    stateDir: join(root, '.keelson'),
    app: { name: 'hello', region: 'eu-central-1', services: {}, ...app },
    env,
    publicUrl: 'http://localhost:8000',
    log: (line) => void lines.push(line),
    lines,
  };
}

/** Started, and stopped once: by the test, or by `endAll`. */
export async function start(context: LocalContext, tables?: readonly LocalTable[]): Promise<LocalPart> {
  return stoppedOnce(await startDynamoDb(context, tables));
}

export function stoppedOnce(part: LocalPart): LocalPart {
  let stopped: Promise<void> | undefined;
  const ended = { ...part, stop: () => (stopped ??= part.stop()) };
  ends.push(ended.stop);
  return ended;
}

export function clientOf({ env }: Pick<LocalPart, 'env'>): DynamoDBClient {
  return clientAt(env['AWS_ENDPOINT_URL_DYNAMODB'] as string, env['AWS_REGION'] as string);
}

export function clientAt(endpoint: string, region: string): DynamoDBClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region, credentials, maxAttempts: 1 });
  ends.push(() => client.destroy());
  return client;
}
