import type { Resource } from '@keelson/contract';
import type { Io } from '../../io.ts';
import type { LocalContext } from '../../local/part.ts';
import { givenDatabase, reachGiven, runningDatabase, startPostgres } from '../../local/postgres/index.ts';

export type PostgresResource = Extract<Resource, { kind: 'postgres' }>;

export interface Target {
  /** Without user and password. */
  readonly address: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface TargetRequest {
  readonly context: LocalContext;
  readonly name: string;
  readonly resource: PostgresResource;
  readonly onStop: Io['onStop'];
}

/** The database that the user names, else that of the `keelson dev` that runs here, else the local one, for as long as this takes. */
export async function withTarget(request: TargetRequest, use: (target: Target) => Promise<void>): Promise<void> {
  const { context, name, resource, onStop } = request;
  const given = givenDatabase(context.env);
  if (given) return reachGiven(context.env, () => use(given));
  const url = runningDatabase(context, name);
  if (url) return use({ address: `${new URL(url).host} (of the running keelson dev)`, env: { DATABASE_URL: url } });
  const part = await startPostgres(context, name, resource);
  const ignore = onStop(() => void part.stop());
  try {
    await use(part);
  } finally {
    await part.stop();
    ignore();
  }
}
