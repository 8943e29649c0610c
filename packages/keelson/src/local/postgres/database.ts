import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { superuser } from './cluster.ts';

export interface Login {
  readonly port: number;
  readonly password: string;
}

/** The server's own databases cannot be the app's. */
const reserved = ['postgres', 'template0', 'template1'];

/** Name of the app's database and of the user who owns it. */
export function databaseName(app: string): string {
  return reserved.includes(app) ? `${app}_app` : app;
}

export function connectionUrl({ port, password }: Login, app: string): string {
  const name = databaseName(app);
  return `postgres://${name}:${password}@127.0.0.1:${port}/${name}`;
}

/** Connects as the superuser. Resolves to `undefined` while the server does not take connections. */
export async function tryConnect({ port, password }: Login, timeout = 2_000): Promise<pg.Client | undefined> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: superuser,
    password,
    database: 'postgres',
    ssl: false,
    connectionTimeoutMillis: timeout,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    if (isWrongPassword(error)) throw error;
    return undefined;
  }
}

/** Resolves to the first connection that the server takes; tries until `gaveUp` says why not to. */
export async function connectWhenReady(login: Login, gaveUp: () => Error | undefined): Promise<pg.Client> {
  for (;;) {
    const problem = gaveUp();
    if (problem) throw problem;
    const client = await tryConnect(login);
    if (client) return client;
    await delay(15);
  }
}

/** Makes the app's user and database, where they are missing. Like on RDS the app is no superuser. */
export async function ensureDatabase(client: pg.Client, app: string, password: string): Promise<void> {
  const name = databaseName(app);
  const found = await client.query<{ role: boolean; database: boolean }>(
    'select exists (select from pg_roles where rolname = $1) as role, exists (select from pg_database where datname = $1) as database',
    [name],
  );
  const { role, database } = found.rows[0] ?? {};
  const [identifier, secret] = [pg.escapeIdentifier(name), pg.escapeLiteral(password)];
  if (!role) await client.query(`create role ${identifier} login password ${secret}`);
  if (!database) await client.query(`create database ${identifier} owner ${identifier}`);
}

function isWrongPassword(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '28P01';
}
