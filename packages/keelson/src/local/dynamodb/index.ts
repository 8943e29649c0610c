import { join } from 'node:path';
import { closeServer, listenOnLoopback } from '../loopback.ts';
import type { LocalContext, LocalPart } from '../part.ts';
import { createDynamoDbServer, probeFolder } from './server.ts';
import { createTables, type LocalTable, sessionTable } from './tables.ts';

export interface DynamoDbOptions {
  /** First port to try. @default 8001 */
  readonly port?: number;
}

/**
 * Starts the DynamoDB wire API on 127.0.0.1 with `tables` in it, or uses the one that `AWS_ENDPOINT_URL_DYNAMODB` names:
 * on this machine the tables are made there when they are missing, elsewhere they must exist.
 *
 * Tables are kept in `.keelson/dynamodb`; where that is impossible, in memory, and a line says so.
 */
export async function startDynamoDb(
  context: LocalContext,
  tables: readonly LocalTable[] = [sessionTable(context.app.name)],
  { port = 8001 }: DynamoDbOptions = {},
): Promise<LocalPart> {
  const named = tables.map((table) => ({ ...table, name: context.env[table.variable] || table.name }));
  const given = context.env['AWS_ENDPOINT_URL_DYNAMODB'];
  if (given) return givenDynamoDb(context, named, given);

  const folder = await chooseFolder(context);
  const server = createDynamoDbServer(folder);
  const address = `http://127.0.0.1:${await listenOnLoopback(server, port)}`;
  const env = environment(context, named, address);
  try {
    await ensureTables(named, env);
  } catch (error) {
    await closeServer(server);
    throw error;
  }
  return {
    title: folder ? 'DynamoDB (dynalite)' : 'DynamoDB (dynalite, in memory)',
    address,
    env,
    stop: () => closeServer(server),
  };
}

async function givenDynamoDb(
  context: LocalContext,
  tables: readonly LocalTable[],
  endpoint: string,
): Promise<LocalPart> {
  const env = environment(context, tables, endpoint);
  if (isLoopback(endpoint)) await ensureTables(tables, { ...userCredentials(context), ...env });
  return { title: 'DynamoDB of AWS_ENDPOINT_URL_DYNAMODB', address: endpoint, env, stop: async () => {} };
}

async function chooseFolder({ stateDir, log }: LocalContext): Promise<string | undefined> {
  const folder = join(stateDir, 'dynamodb');
  const obstacle = await probeFolder(folder);
  if (obstacle === undefined) return folder;
  log(`DynamoDB tables are kept in memory this time: ${folder} cannot be used (${obstacle}).`);
  return undefined;
}

function environment(
  { env, app }: LocalContext,
  tables: readonly LocalTable[],
  endpoint: string,
): Record<string, string> {
  const hasCredentials = env['AWS_ACCESS_KEY_ID'] || env['AWS_PROFILE'];
  return {
    ...Object.fromEntries(tables.map(({ variable, name }) => [variable, name])),
    AWS_REGION: env['AWS_REGION'] || app.region,
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    // The SDK signs every request and does not start without credentials; nobody checks these.
    ...(!hasCredentials && { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' }),
  };
}

function userCredentials({ env }: LocalContext): Record<string, string> {
  const names = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const;
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
}

async function ensureTables(tables: readonly LocalTable[], env: Readonly<Record<string, string>>): Promise<void> {
  // The SDK would tell everyone on Node 20 which Node it wants in 2027.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const sdk = await import('@aws-sdk/client-dynamodb');
  const client = new sdk.DynamoDBClient({
    endpoint: env['AWS_ENDPOINT_URL_DYNAMODB'] as string,
    region: env['AWS_REGION'] as string,
    credentials: {
      accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? 'local',
      secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? 'local',
    },
    maxAttempts: 2,
  });
  try {
    await createTables(sdk, client, tables);
  } finally {
    client.destroy();
  }
}

function isLoopback(endpoint: string): boolean {
  const host = URL.canParse(endpoint) ? new URL(endpoint).hostname : '';
  return host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host);
}
