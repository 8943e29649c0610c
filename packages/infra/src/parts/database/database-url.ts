import type { Stack } from '../../aws/index.ts';
import { type Expression, jsonencode, type Reference, text } from '../../hcl/index.ts';
import type { Site, SiteResource } from '../../site/site.ts';
import { makeSecret } from '../secrets/secrets.ts';

export interface DatabaseUrlArgs extends Pick<SiteResource, 'name' | 'id'> {
  readonly host: Expression;
  readonly port: number;
  readonly database: string;
  readonly isOnly: boolean;
}

export interface DatabaseUrl {
  readonly user: string;
  readonly database: string;
  /** ARN of the secret. */
  readonly secret: Reference;
  /** The connection string in it, for `DATABASE_URL_SECRET_ARN`. */
  readonly reference: Expression;
  /** The password in it, for the container of the database. */
  readonly password: Expression;
  readonly version: { readonly address: string };
}

const user = 'app';

/**
 * A password made in AWS at the first apply, with the connection string that holds it, in one secret: two would differ after
 * an apply that ended between them.
 */
export function databaseUrl(stack: Stack, site: Site, args: DatabaseUrlArgs): DatabaseUrl {
  const { host, port, database } = args;
  const name = args.isOnly ? 'DATABASE_URL' : `DATABASE_URL_${args.id.toUpperCase()}`;
  const id = name.toLowerCase();
  const secret = makeSecret(stack, site, {
    name,
    description: `Password and connection string of the database ${args.name}, as JSON`,
  });
  const password = stack.ephemeral(
    'aws_secretsmanager_random_password',
    id,
    { password_length: 64, exclude_punctuation: true },
    { comment: 'Exists while Terraform runs and is in no state; taken only when the version below changes.' },
  );
  const made = password.ref('random_password');
  const version = stack.resource(
    'aws_secretsmanager_secret_version',
    id,
    {
      secret_id: secret.ref('id'),
      secret_string_wo: jsonencode({
        password: made,
        url: text`postgres://${user}:${made}@${host}:${port}/${database}`,
      }),
      secret_string_wo_version: 1,
    },
    {
      comment:
        'PostgreSQL takes the password when it makes its files: another version changes nothing in a database that is there.\nThe connection is not encrypted: it does not leave the network, and the container has no certificate.',
    },
  );
  return {
    user,
    database,
    secret: secret.ref('arn'),
    reference: text`${secret.ref('arn')}:url::`,
    password: text`${secret.ref('arn')}:password::`,
    version,
  };
}
