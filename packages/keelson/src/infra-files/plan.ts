import { join } from 'node:path';
import { digest, type FileRecord, readIfThere, unix } from './record.ts';

export type FileAction =
  /** New, or as it was generated: may be written. */
  | 'write'
  | 'unchanged'
  /** No longer generated and as it was generated. */
  | 'remove'
  /** No longer generated, but edited: it belongs to the user from now on. */
  | 'keep'
  /** Generated, but edited since. */
  | 'edited'
  /** To be generated, but a file that Keelson did not write is there. */
  | 'foreign';

export interface PlannedFile {
  /** From the output folder. */
  readonly path: string;
  readonly action: FileAction;
  /** What is there. */
  readonly before: string | undefined;
  /** What is to be there. */
  readonly after: string | undefined;
}

export interface Plan {
  /** In the order of their paths. */
  readonly files: readonly PlannedFile[];
  /** What is recorded once the plan is carried out. */
  readonly record: FileRecord;
}

export interface PlanArgs {
  /** Output folder. */
  readonly folder: string;
  readonly wanted: ReadonlyMap<string, string>;
  readonly record: FileRecord;
  /** Whether this run decides about the file; others stay as they are. */
  readonly covers: (path: string) => boolean;
}

/** Compares what is wanted with what is there and with what was generated before. Writes nothing. */
export function planFiles({ folder, wanted, record, covers }: PlanArgs): Plan {
  const paths = new Set([...wanted.keys(), ...[...record.keys()].filter(covers)]);
  const files = [...paths].sort().flatMap((path) => {
    const before = readIfThere(join(folder, path));
    const after = wanted.get(path);
    const action = actionFor(before, after, record.get(path));
    return action ? [{ path, action, before, after }] : [];
  });
  const others = [...record].filter(([path]) => !paths.has(path));
  const next = [...wanted].map(([path, text]): [string, string] => [path, digest(text)]);
  return { files, record: new Map([...others, ...next]) };
}

function actionFor(
  before: string | undefined,
  after: string | undefined,
  recorded: string | undefined,
): FileAction | undefined {
  const isAsGenerated = before !== undefined && digest(before) === recorded;
  if (after === undefined) {
    if (before === undefined) return undefined;
    return isAsGenerated ? 'remove' : 'keep';
  }
  if (before === undefined) return 'write';
  if (unix(before) === unix(after)) return 'unchanged';
  if (isAsGenerated) return 'write';
  return recorded === undefined ? 'foreign' : 'edited';
}
