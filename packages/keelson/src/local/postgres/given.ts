import type { Problem } from '@keelson/contract';
import { KeelsonError } from '@keelson/runtime/errors';
import type { LocalContext, LocalPart } from '../part.ts';
import { LocalPostgresError } from './postgres-error.ts';

const iamNames = ['DATABASE_AUTH', 'PGHOST', 'PGPORT', 'PGDATABASE', 'PGUSER'];

/** The database that the user's own variables name; nothing is started then. `undefined` when they name none. */
export function givenDatabase(env: LocalContext['env']): LocalPart | undefined {
  const url = env['DATABASE_URL'];
  if (url) return part('DATABASE_URL', describe(url), { DATABASE_URL: url });
  const arn = env['DATABASE_URL_SECRET_ARN'];
  if (arn) return part('DATABASE_URL_SECRET_ARN', arn, { DATABASE_URL_SECRET_ARN: arn });
  if (env['DATABASE_AUTH'] !== 'iam') return undefined;
  const names = [...iamNames, 'AWS_REGION'].filter((name) => env[name]);
  const values = Object.fromEntries(names.map((name) => [name, env[name] ?? '']));
  return part('DATABASE_AUTH=iam', `${env['PGHOST']}:${env['PGPORT'] ?? 5432}/${env['PGDATABASE']}`, values);
}

/** What is wrong with `DATABASE_URL`; at most one. */
export function databaseProblem(env: LocalContext['env']): readonly Problem[] {
  const url = env['DATABASE_URL'];
  return !url || parsedUrl(url) ? [] : [notAUrl];
}

/**
 * Runs what uses the database that the user named.
 * @throws LocalPostgresError naming the variable and where it leads, when it cannot be reached
 */
export async function reachGiven<Result>(env: LocalContext['env'], action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    const given = givenDatabase(env);
    if (!given || !(error instanceof KeelsonError && error.code === 'DATABASE_UNAVAILABLE')) throw error;
    const hint = error.hint ?? 'Is that database running, and is the address right?';
    throw new LocalPostgresError(
      `${nameOf(env)} leads to ${given.address}. ${error.message.replace(/\.?$/, '.')}`,
      `${hint} Without the variable, the embedded database is used.`,
      error,
    );
  }
}

function nameOf(env: LocalContext['env']): string {
  return ['DATABASE_URL', 'DATABASE_URL_SECRET_ARN'].find((name) => env[name]) ?? 'DATABASE_AUTH=iam';
}

function part(source: string, address: string, env: Record<string, string>): LocalPart {
  return { title: `PostgreSQL (yours, from ${source})`, address, env, stop: async () => {} };
}

/** Host, port and database; never user or password. */
function describe(url: string): string {
  const parsed = parsedUrl(url);
  if (!parsed) throw new LocalPostgresError(`${notAUrl.path}: ${notAUrl.message}.`, notAUrl.hint);
  return `${parsed.hostname || 'localhost'}:${parsed.port || 5432}${parsed.pathname}`;
}

const notAUrl = {
  path: 'DATABASE_URL',
  message: 'not a connection string',
  hint: 'Write postgres://user:password@host:5432/database (special characters percent-encoded), or remove it to use the embedded database.',
};

function parsedUrl(text: string): URL | undefined {
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  return parsed && /^postgres(ql)?:$/.test(parsed.protocol) ? parsed : undefined;
}
