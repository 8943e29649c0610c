import { join } from 'node:path';
import type { Io } from '../../io.ts';
import { readEnvironment } from '../../config/environment.ts';
import type { LoadedApp } from '../../config/load.ts';
import type { LocalContext } from '../../local/part.ts';
import { UserError } from '../../user-error.ts';
import type { PostgresResource } from '../migrate/target.ts';

/** One of the app's databases, and what it takes to find or start it. */
export interface ChosenDatabase {
  readonly context: LocalContext;
  readonly name: string;
  readonly resource: PostgresResource;
}

export const resourceFlag = {
  value: 'name',
  summary: 'Resource of the kind `postgres` in keelson.config.ts. Default: the only one',
} as const;

/** @throws UserError naming the databases there are */
export function chooseDatabase(
  { app, root }: LoadedApp,
  wanted: string | true | undefined,
  io: Pick<Io, 'env' | 'stderr'>,
): ChosenDatabase {
  const found = Object.entries(app.resources ?? {}).filter(
    (entry): entry is [string, PostgresResource] => entry[1].kind === 'postgres',
  );
  const names = found.map(([name]) => name).join(', ');
  const [chosen, second] = wanted === undefined ? found : found.filter(([name]) => name === wanted);
  if (found.length === 0) {
    throw new UserError('The app has no database.', "Add a resource to keelson.config.ts: db: { kind: 'postgres' }");
  }
  if (!chosen) throw new UserError(`The app has no database called ${String(wanted)}.`, `There is: ${names}.`);
  if (second) throw new UserError(`The app has several databases: ${names}.`, 'Choose one with --resource <name>.');
  const [name, resource] = chosen;
  const { env } = readEnvironment(root, io.env);
  const log = (line: string) => void io.stderr.write(`${line}\n`);
  return { context: { app, root, env, log, stateDir: join(root, '.keelson'), publicUrl: '' }, name, resource };
}
