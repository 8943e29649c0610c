import type { Migration } from 'kysely';
import * as sessions from './001-sessions.ts';
import * as migrationHashes from './002-migration-hashes.ts';
import * as mail from './003-mail.ts';

/** Tables of Keelson's own, named `keelson_…`. Kept apart from the app's: `keelson_system_migration` records them. */
export const systemMigrations: Readonly<Record<string, Migration>> = {
  '001-sessions': sessions,
  '002-migration-hashes': migrationHashes,
  '003-mail': mail,
};
