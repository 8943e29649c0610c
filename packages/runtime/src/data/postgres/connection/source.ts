import type { PoolConfig } from 'pg';
import type { Boot } from '../../../config/boot.ts';
import { invalid, missing } from '../../../config/problems.ts';
import { iamSource } from './iam.ts';
import { urlSource } from './url.ts';

/** What a new connection is opened with. Asked each time, because the values may be rotated while the service runs. */
export interface ConnectionSource {
  /** Runs before a connection is opened; loads what opening needs. Rejects when it cannot be had. */
  prepare(): Promise<void>;
  /** Host, user, password, TLS … as of now. @throws KeelsonError `SECRET_UNAVAILABLE` */
  current(): PoolConfig;
}

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

/** Stands in after a problem was reported: such a service never starts. */
export const unusable: ConnectionSource = {
  prepare: async () => {},
  current: () => ({}),
};
