export { freshPostgres } from './fresh.ts';
export { LocalPostgresError } from './postgres-error.ts';
export { postgresStateDir } from './record.ts';
export { startPostgres } from './start.ts';
