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

function part(source: string, address: string, env: Record<string, string>): LocalPart {
  return { title: `PostgreSQL (yours, from ${source})`, address, env, stop: async () => {} };
}

/** Host, port and database; never user or password. */
function describe(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^postgres(ql)?:$/.test(parsed.protocol)) {
    throw new LocalPostgresError(
      'DATABASE_URL: not a connection string.',
      'Write postgres://user:password@host:5432/database (special characters percent-encoded), or remove it to use the embedded database.',
    );
  }
  return `${parsed.hostname || 'localhost'}:${parsed.port || 5432}${parsed.pathname}`;
}
