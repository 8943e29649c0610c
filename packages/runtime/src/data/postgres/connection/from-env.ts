import type { Boot } from '../../../config/boot.ts';
import { invalid, missing } from '../../../config/problems.ts';
import { iamSource } from './iam.ts';
import { type ConnectionSource, unusable } from './source.ts';
import { urlSource } from './url.ts';

const urlForm = 'postgres://user:password@host:5432/database';

/**
 * `DATABASE_URL` (or `DATABASE_URL_SECRET_ARN`), else `PGHOST`, `PGPORT`, `PGDATABASE`, `PGUSER` with `DATABASE_AUTH=iam`.
 * Reports what is missing or unusable to `boot`.
 */
export function connectionSource(boot: Boot): ConnectionSource {
  const { env } = boot;
  if (env['DATABASE_URL'] || env['DATABASE_URL_SECRET_ARN']) return urlSource(boot);
  if (env['DATABASE_AUTH'] === 'iam') return iamSource(boot);
  if (env['DATABASE_AUTH']) boot.problem(invalid('DATABASE_AUTH', 'is not known.', 'The only value is `iam`.'));
  else
    boot.problem(
      missing('DATABASE_URL', `${urlForm}, or use DATABASE_AUTH=iam with PGHOST, PGPORT, PGDATABASE, PGUSER`),
    );
  return unusable;
}
