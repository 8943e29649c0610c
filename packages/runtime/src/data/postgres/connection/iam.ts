import Type from 'typebox';
import type { Boot } from '../../../config/boot.ts';
import { optionalPackage } from '../../../config/optional-package.ts';
import { missing } from '../../../config/problems.ts';
import { readEnv } from '../../../config/read-env.ts';
import { loadRdsCa } from './rds-ca.ts';
import type { ConnectionSource } from './source.ts';

const variables = Type.Object({
  PGHOST: Type.String({ minLength: 1, description: 'host name of the cluster' }),
  PGPORT: Type.Integer({ minimum: 1, maximum: 65535, default: 5432, description: 'port of the cluster' }),
  PGDATABASE: Type.String({ minLength: 1, description: 'name of the database' }),
  PGUSER: Type.String({ minLength: 1, description: 'database user with the role rds_iam' }),
});

/**
 * IAM database authentication: each new connection's password is a token signed with the task's role, good for 15 minutes.
 * It is sent only over TLS to a server with a certificate of Amazon's.
 */
export function iamSource(boot: Boot): ConnectionSource {
  const { PGHOST: host, PGPORT: port, PGDATABASE: database, PGUSER: user } = readEnv(boot, variables);
  const region = boot.env['AWS_REGION'] ?? regionOf(host);
  if (!region) boot.problem(missing('AWS_REGION', 'region of the cluster, e.g. eu-central-1'));
  let ca: readonly string[] = [];
  let sign: (() => Promise<string>) | undefined;
  return {
    prepare: async () => {
      sign ??= await signer({ hostname: host, port, username: user, region: region ?? '' });
      if (ca.length === 0) ca = await loadRdsCa('DATABASE_AUTH');
    },
    current: () => ({ host, port, database, user, password: () => sign?.() ?? '', ssl: { ca: [...ca] } }),
  };
}

async function signer(config: { hostname: string; port: number; username: string; region: string }) {
  const sdk = await optionalPackage('DATABASE_AUTH', '@aws-sdk/rds-signer', () => import('@aws-sdk/rds-signer'));
  const instance = new sdk.Signer(config);
  return () => instance.getAuthToken();
}

/** `<cluster>.<id>.<region>.rds.amazonaws.com` */
function regionOf(host: string): string | undefined {
  return /\.([a-z]{2}(?:-[a-z]+)+-\d)\.rds\.amazonaws\.com/i.exec(host)?.[1];
}
