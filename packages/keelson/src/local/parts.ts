import type { App, ResourceKind } from '@keelson/contract';
import { localKind, localKinds } from './kinds.ts';
import type { LocalContext, LocalPart } from './part.ts';
import { needsSessionTable } from './services/environment.ts';

/** The running resources of an app. */
export interface LocalParts {
  /** By resource name; `''` is the table that `login` brings for want of a database. */
  readonly byName: ReadonlyMap<string, LocalPart>;
  stop(): Promise<void>;
}

interface Started {
  readonly name: string;
  readonly kind: ResourceKind | 'sessions';
  readonly part: LocalPart;
}

/** Starts everything side by side; when one fails, the others are stopped before the error goes on. */
export async function startParts(context: LocalContext): Promise<LocalParts> {
  const { app } = context;
  const started: Started[] = [];
  const starts = Object.entries(app.resources ?? {}).map(async ([name, resource]) => {
    const kind = localKind(resource.kind);
    const part = await kind.start(context, name, resource);
    started.push({ name, kind: resource.kind, part });
    await kind.prepare?.(context, name, resource, part);
  });
  if (needsSessions(app)) starts.push(startSessions(context, started));
  const failure = (await Promise.allSettled(starts)).find((result) => result.status === 'rejected');
  if (failure) {
    await stopAll(started);
    throw failure.reason;
  }
  // In the order of the config file, however long each took; then what no resource asks for.
  const order = [...Object.keys(app.resources ?? {}), ''];
  const sorted = started.toSorted((one, other) => order.indexOf(one.name) - order.indexOf(other.name));
  return { byName: new Map(sorted.map(({ name, part }) => [name, part])), stop: () => stopAll(started) };
}

function needsSessions(app: App): boolean {
  return Object.keys(app.services).some((service) => needsSessionTable(app, service));
}

async function startSessions(context: LocalContext, started: Started[]): Promise<void> {
  const { startDynamoDb } = await import('./dynamodb/index.ts');
  started.push({ name: '', kind: 'sessions', part: await startDynamoDb(context) });
}

/** One after the other in the order of the kinds' table. An error does not keep the rest running. */
async function stopAll(started: readonly Started[]): Promise<void> {
  const order: string[] = [...Object.keys(localKinds), 'sessions'];
  const sorted = started.toSorted((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind));
  const errors: unknown[] = [];
  for (const { part } of sorted) await part.stop().catch((error: unknown) => void errors.push(error));
  if (errors.length > 0) throw errors[0];
}
