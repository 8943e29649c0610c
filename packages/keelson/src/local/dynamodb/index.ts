import type { LocalContext, LocalPart } from '../part.ts';
import { createClient, isLoopback } from './client.ts';
import { useServer } from './shared-server.ts';
import { UserError } from '../../user-error.ts';
import { ensureTable, type LocalTable, sessionTable, type TableRules } from './tables.ts';

const own: TableRules = {
  own: true,
  wayOut: "A table's key cannot be changed. `npx keelson dev --fresh` makes it anew, and empties everything local.",
};
const theirs: TableRules = {
  own: false,
  wayOut: "A table's key cannot be changed. Delete the table at AWS_ENDPOINT_URL_DYNAMODB, or name another one.",
};

/**
 * Starts the DynamoDB wire API on 127.0.0.1 with `tables` in it, or uses the one that `AWS_ENDPOINT_URL_DYNAMODB` names:
 * on this machine the tables are made there when they are missing, elsewhere they must exist. All parts of one app share a
 * server: the first free port from 8000 on where the app has a table, any free one for the table that login brings.
 *
 * Tables are kept in `.keelson/dynamodb`; where that is impossible, in memory, and a line says so.
 * @throws UserError when a table that is there has another key, or nobody answers at `AWS_ENDPOINT_URL_DYNAMODB`
 */
export async function startDynamoDb(
  context: LocalContext,
  tables: readonly LocalTable[] = [sessionTable(context.app.name)],
): Promise<LocalPart> {
  const named = tables.map((table) => ({ ...table, name: context.env[table.variable] || table.name }));
  const given = context.env['AWS_ENDPOINT_URL_DYNAMODB'];
  if (given) return givenDynamoDb(context, named, given);

  const { kept, release, ...place } = await useServer(context);
  const env = environment(context, named, place.address);
  try {
    await ensureTables(named, env, own);
  } catch (error) {
    await release();
    throw error;
  }
  return { title: kept ? 'DynamoDB (dynalite)' : 'DynamoDB (dynalite, in memory)', ...place, env, stop: release };
}

async function givenDynamoDb(
  context: LocalContext,
  tables: readonly LocalTable[],
  endpoint: string,
): Promise<LocalPart> {
  const env = environment(context, tables, endpoint);
  if (isLoopback(endpoint)) {
    await ensureTables(tables, { ...userCredentials(context), ...env }, theirs).catch((error: unknown) => {
      throw error instanceof UserError ? error : unusable(endpoint, error);
    });
  }
  return { title: 'DynamoDB of AWS_ENDPOINT_URL_DYNAMODB', address: endpoint, env, stop: async () => {} };
}

function unusable(endpoint: string, error: unknown): UserError {
  const { code, message } = error as NodeJS.ErrnoException;
  return new UserError(
    `AWS_ENDPOINT_URL_DYNAMODB: the DynamoDB at ${endpoint} cannot be used (${message || code || 'no answer'}).`,
    'Start it, or unset AWS_ENDPOINT_URL_DYNAMODB (the shell, .env) to have one started here.',
  );
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

async function ensureTables(
  tables: readonly LocalTable[],
  env: Readonly<Record<string, string>>,
  rules: TableRules,
): Promise<void> {
  const { sdk, client } = await createClient(env);
  try {
    for (const table of tables) await ensureTable(sdk, client, table, rules);
  } finally {
    client.destroy();
  }
}
