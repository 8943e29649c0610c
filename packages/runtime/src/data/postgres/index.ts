export { type MigrateOptions, type MigrateResult, migrate } from './migrate/migrate.ts';
export { MigrationError } from './migrate/migration-error.ts';
export type { MigrationStep } from './migrate/run-set.ts';
export { sqlState } from './pool/errors.ts';
export { type Postgres, type PostgresOptions, postgres } from './postgres.ts';
