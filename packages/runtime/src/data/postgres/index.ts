export { type MigrateOptions, type MigrateResult, migrate } from './migrate/migrate.ts';
export { MigrationError } from './migrate/migration-error.ts';
export { migrationFiles } from './migrate/folder.ts';
export type { MigrationStep } from './migrate/run-set.ts';
export { sqlState } from './pool/errors.ts';
export { type Postgres, type PostgresOptions, postgres } from './postgres.ts';
export { runMigrations, type RunMigrationsOptions } from './task/run-migrations.ts';
