import type { Migration } from 'kysely';
import type { Env } from '../../../config/boot.ts';
import { ConfigError, KeelsonError } from '../../../errors/index.ts';
import { migrate } from '../migrate/migrate.ts';
import { withDatabase } from '../migrate/open-database.ts';
import { oneAtATime } from '../migrate/one-at-a-time.ts';
import { bootstrapUser } from './bootstrap-user.ts';
import { readMaster } from './master.ts';

export interface RunMigrationsOptions {
  /** @default process.env */
  readonly env?: Env;
}

/** Each may take 25 seconds; a database that slept for days needs more than one. */
const attempts = 4;

/**
 * What `node migrate.js` of an image does, and its exit code: brings the database to the newest migration. Where the
 * environment names the master's secret (`DATABASE_MASTER_SECRET_ARN`), it first makes the user `PGUSER` that services
 * connect as, and migrates as the master; otherwise it migrates as whom `DATABASE_URL` says. It may run as often as wanted.
 *
 * With `KEEP_NEWER_MIGRATIONS=true`, which a delivery sets when a person names the image to go back to, a database that is ahead
 * of the image stays as it is. Without it that is an error: somebody has taken a migration away.
 */
export async function runMigrations(
  migrations: Readonly<Record<string, Migration>>,
  { env = process.env }: RunMigrationsOptions = {},
): Promise<number> {
  try {
    const master = await readMaster(env);
    const target = master?.env ?? env;
    await wake(target);
    if (master) await makeUser(target, master.user);
    await apply(target, migrations);
    return 0;
  } catch (error) {
    process.stderr.write(`${reasonOf(error)}\n`);
    return 1;
  }
}

/** Waits until a paused Aurora has resumed. */
async function wake(env: Env, left = attempts): Promise<void> {
  try {
    await withDatabase(env, ({ pool }) => pool.query('select 1'));
  } catch (error) {
    if (!(error instanceof KeelsonError && error.code === 'DATABASE_UNAVAILABLE') || left <= 1) throw error;
    say('The database does not answer yet; trying again.');
    await wake(env, left - 1);
  }
}

async function makeUser(env: Env, user: string): Promise<void> {
  await withDatabase(env, ({ pool }) => oneAtATime(pool, sayWaiting, () => bootstrapUser(pool, user)));
  say(`The user ${user} is there and may use what migrations make.`);
}

async function apply(env: Env, migrations: Readonly<Record<string, Migration>>): Promise<void> {
  const keepNewer = env['KEEP_NEWER_MIGRATIONS'] === 'true';
  const { steps, newer } = await migrate({ env, migrations, keepNewer, onWait: sayWaiting });
  for (const { owner, name } of steps) say(`applied  ${name}${owner === 'keelson' ? " (Keelson's own tables)" : ''}`);
  if (newer.length > 0) {
    say(`Newer than this image, and left as they are: ${newer.join(', ')}. Its code has to live with them.`);
  }
  const isDone = steps.length > 0 || newer.length > 0;
  say(isDone ? 'Done.' : 'Nothing to do: the database is at the newest migration.');
}

function sayWaiting(): void {
  say('Waiting for another run of the migrations to end');
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function reasonOf(error: unknown): string {
  if (error instanceof ConfigError) {
    const lines = error.problems.map(({ path, message, hint }) => `  ${path} ${message}${hint ? ` ${hint}` : ''}`);
    return `The migrations cannot run:\n${lines.join('\n')}`;
  }
  if (!(error instanceof Error)) return String(error);
  return 'hint' in error && typeof error.hint === 'string' ? `${error.message}\n${error.hint}` : error.message;
}
