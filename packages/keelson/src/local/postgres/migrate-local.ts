import { relative, resolve } from 'node:path';
import type { Resource } from '@keelson/contract';
import { type MigrateResult, migrate, type MigrationStep } from '@keelson/runtime/postgres';
import { importTypeScript } from '../../config/import.ts';
import type { LocalContext, LocalPart } from '../part.ts';
import { givenDatabase, reachGiven } from './given.ts';

type PostgresResource = Extract<Resource, { kind: 'postgres' }>;

/** Without a name it is a socket of this machine. */
const thisMachine = /^(|localhost|127\.[\d.]+|\[::1\])$/;

/** Folder of the app's migrations. */
export function migrationsFolder(root: string, resource: PostgresResource): string {
  return resolve(root, resource.migrations ?? 'migrations');
}

/**
 * Applies the app's migrations under `keelson dev`. A `DATABASE_URL` of the user that leads to another machine is left
 * alone: pending migrations are only told.
 *
 * @throws MigrationError
 * @throws LocalPostgresError the user's own database cannot be reached
 */
export function migrateLocal(
  context: LocalContext,
  _name: string,
  resource: PostgresResource,
  part: LocalPart,
): Promise<void> {
  return reachGiven(context.env, () => bringToNewest(context, resource, part));
}

async function bringToNewest(context: LocalContext, resource: PostgresResource, part: LocalPart): Promise<void> {
  const folder = migrationsFolder(context.root, resource);
  const options = { env: { ...context.env, ...part.env }, folder, importFile: importTypeScript };
  if (isElsewhere(context)) {
    const { steps } = await migrate({ ...options, dryRun: true });
    if (steps.length > 0)
      context.log(`${names(steps)} not applied to ${part.address}: run \`npx keelson migrate\` to do it`);
    return;
  }
  const onWait = () => context.log('Waiting for another run of the migrations to end');
  tell(context, await migrate({ ...options, onWait }));
}

function tell(context: LocalContext, { steps, edited }: MigrateResult): void {
  for (const step of steps) if (step.owner === 'app') context.log(`Migrated ${describeStep(step, context.root)}`);
  for (const name of edited) {
    context.log(`The migration ${name} was changed after it was applied; the database still is as it was before.`);
    context.log('  Write a new migration, or begin with an empty database: npx keelson dev --fresh');
  }
}

/** `001-notes (migrations/001-notes.ts)` */
export function describeStep({ owner, name, file }: MigrationStep, root: string): string {
  if (owner === 'keelson') return `${name} (Keelson's own tables)`;
  return file === undefined ? name : `${name} (${relative(root, file)})`;
}

function names(steps: readonly MigrationStep[]): string {
  const [first, ...more] = steps;
  return more.length === 0 ? `The migration ${first?.name} is` : `${steps.length} migrations are`;
}

/** Whether the user's variables name a database that is not known to be on this machine. */
export function isElsewhere({ env }: Pick<LocalContext, 'env'>): boolean {
  if (!givenDatabase(env)) return false;
  const url = env['DATABASE_URL'];
  return !(url && thisMachine.test(new URL(url).hostname));
}
