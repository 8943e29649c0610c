import { normalize, relative } from 'node:path';
import type { Resource, ResourceKind } from '@keelson/contract';
import type { LocalContext, LocalPart } from './part.ts';

export interface LocalKind<Of extends Resource> {
  /** Starts it, or takes what the user's environment names instead. */
  start(context: LocalContext, name: string, resource: Of): Promise<LocalPart>;
  /** Runs once the part is up, before the services start. */
  prepare?(context: LocalContext, name: string, resource: Of, part: LocalPart): Promise<void>;
  /** What to tell when a file of the app (path relative to it) is saved that matters to the resource and to no service. */
  saved?(resource: Of, file: string): string | undefined;
  /** Empties state that does not live in the state folder alone. */
  fresh?(context: Pick<LocalContext, 'stateDir'>, name: string): Promise<void>;
}

/**
 * How each resource kind runs on this machine. Loaded when an app has one. Parts are stopped in the order of this table:
 * what others write to comes last.
 */
export const localKinds: { readonly [Kind in ResourceKind]: LocalKind<Extract<Resource, { kind: Kind }>> } = {
  login: {
    start: async (...args) => (await import('./login/index.ts')).startLogin(...args),
  },
  tokens: {
    start: async (...args) => (await import('./tokens/index.ts')).startTokens(...args),
  },
  accounts: {
    start: async (...args) => (await import('./accounts/index.ts')).startAccounts(...args),
  },
  mail: {
    start: async (...args) => (await import('./mail/index.ts')).startMail(...args),
  },
  'log-search': {
    start: async () => (await import('./log-search/index.ts')).startLogSearch(),
  },
  secret: {
    start: async (...args) => (await import('./secret/index.ts')).startSecret(...args),
  },
  postgres: {
    start: async (...args) => (await import('./postgres/index.ts')).startPostgres(...args),
    prepare: async (...args) => (await import('./postgres/index.ts')).migrateLocal(...args),
    // Not by itself: what is being written may not be finished, and a migration runs once.
    saved: ({ migrations = 'migrations' }, file) =>
      isBelow(migrations, file) ? `${file} has changed: run \`npx keelson migrate\` to apply it` : undefined,
    fresh: async (...args) => (await import('./postgres/index.ts')).freshPostgres(...args),
  },
  table: {
    start: async (...args) => (await import('./dynamodb/table.ts')).startTable(...args),
  },
};

/** The table's entry for a resource whose kind is only known at run time. */
export function localKind(kind: ResourceKind): LocalKind<Resource> {
  return localKinds[kind] as LocalKind<Resource>;
}

function isBelow(folder: string, file: string): boolean {
  return !relative(normalize(folder), file).startsWith('..');
}
