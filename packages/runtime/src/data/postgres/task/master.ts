import type { Env } from '../../../config/boot.ts';
import { invalid, missing } from '../../../config/problems.ts';
import { parseSecretReference } from '../../../config/secret-reference.ts';
import { secretsManagerFetch } from '../../../config/secrets-manager.ts';
import { ConfigError } from '../../../errors/index.ts';

const variable = 'DATABASE_MASTER_SECRET_ARN';

/** How the one-off task of a database with IAM sign-in gets in, and for whom. */
export interface Master {
  /** Names the database, with the master's user and password. */
  readonly env: Env;
  /** The user that services connect as, by IAM. */
  readonly user: string;
}

/**
 * The master of the database, from the secret that RDS keeps and changes every 7 days; `undefined` when the environment
 * names none, and so already has a user of its own.
 * @throws ConfigError what is missing, or that the secret is not the master's
 */
export async function readMaster(env: Env): Promise<Master | undefined> {
  const arn = env[variable];
  if (!arn) return undefined;
  const { PGHOST: host, PGPORT: port = '5432', PGDATABASE: database, PGUSER: user } = env;
  const reference = parseSecretReference(arn);
  if (!reference || !host || !database || !user) {
    const absent = Object.entries({ PGHOST: host, PGDATABASE: database, PGUSER: user }).filter(([, value]) => !value);
    throw new ConfigError([
      ...(reference ? [] : [invalid(variable, 'is not the ARN of a secret.', 'Terraform sets it; see migrate.tf.')]),
      ...absent.map(([name]) => missing(name, 'as Terraform does in migrate.tf')),
    ]);
  }
  const { current: text } = await secretsManagerFetch(variable, reference, env)();
  const { username, password } = parse(text);
  const url = new URL(`postgres://${host}:${port}/${encodeURIComponent(database)}`);
  url.username = encodeURIComponent(username);
  url.password = encodeURIComponent(password);
  // The password of the whole database goes to nobody who cannot show a certificate.
  if (!isLoopback(host)) url.searchParams.set('sslmode', 'verify-full');
  return { env: { ...env, DATABASE_URL: url.href }, user };
}

/** RDS writes `{"username":"…","password":"…"}`. */
function parse(text: string): { username: string; password: string } {
  try {
    const { username, password } = JSON.parse(text) as { username?: unknown; password?: unknown };
    if (typeof username === 'string' && typeof password === 'string') return { username, password };
  } catch {}
  const hint = 'It has to be the one of manage_master_user_password.';
  throw new ConfigError([invalid(variable, 'names a secret without username and password.', hint)]);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || /^127(\.\d+){3}$/.test(host);
}
