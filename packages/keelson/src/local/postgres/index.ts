export { freshPostgres } from './fresh.ts';
export { givenDatabase, reachGiven } from './given.ts';
export { describeStep, isElsewhere, migrateLocal, migrationsFolder } from './migrate-local.ts';
export { LocalPostgresError } from './postgres-error.ts';
export { postgresStateDir } from './record.ts';
export { runningDatabase } from './running.ts';
export { startPostgres } from './start.ts';
