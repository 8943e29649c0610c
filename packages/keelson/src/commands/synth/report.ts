import { posix } from 'node:path';
import { type Plan, type PlannedFile, unifiedDiff } from '../../infra-files/index.ts';
import type { Io } from '../../io.ts';
import { style } from '../../style.ts';

/** Names the files that were edited by hand and shows what would be lost. */
export function printConflicts(io: Io, out: string, conflicts: readonly PlannedFile[]): void {
  const { red, dim } = style(io.stderr, io.env);
  const reasons = { edited: 'was edited by hand since it was generated', foreign: 'is there, but was not generated' };
  for (const { path, action, before = '', after = '' } of conflicts) {
    const reason = action === 'foreign' ? reasons.foreign : reasons.edited;
    const diff = unifiedDiff(path.replace(/^\.\.\//, ''), before, after);
    io.stderr.write(`${red('error')} ${shownPath(out, path)} ${reason}\n\n${diff}\n`);
  }
  const hint = [
    'Nothing was written. Move what you added into a file of its own beside it: those are left alone.',
    'Or change keelson.config.ts so that it is generated. `npx keelson synth --force` overwrites the edits.',
  ];
  io.stderr.write(`${dim(hint.join('\n'))}\n`);
}

/** What was done, file by file, and what to do next. */
export function printResult(io: Io, out: string, { files }: Plan, next: readonly string[]): void {
  const { dim, yellow } = style(io.stdout, io.env);
  const counts = { written: 0, unchanged: 0, removed: 0, kept: 0 };
  for (const { path, action } of files) {
    const done = outcome(action);
    counts[done]++;
    if (done === 'unchanged') continue;
    io.stdout.write(`${(done === 'kept' ? yellow : dim)(done.padEnd(8))} ${shownPath(out, path)}${remark(done)}\n`);
  }
  const said = Object.entries(counts).flatMap(([done, count]) => (count > 0 ? [`${count} ${done}`] : []));
  const summary = counts.unchanged === files.length ? 'Nothing to change' : 'Done';
  io.stdout.write(`${counts.unchanged === files.length ? '' : '\n'}${summary}: ${said.join(', ')}.\n`);
  if (next.length > 0) io.stdout.write(`\nNext:\n${next.map((step) => `  ${step}\n`).join('')}`);
}

/** `infra` and `../buildspec.yml` → `buildspec.yml`. */
function shownPath(out: string, path: string): string {
  return path.startsWith('../') ? posix.normalize(`${out}/${path}`) : `${out}/${path}`;
}

function outcome(action: PlannedFile['action']): 'written' | 'unchanged' | 'removed' | 'kept' {
  if (action === 'unchanged') return 'unchanged';
  if (action === 'remove') return 'removed';
  return action === 'keep' ? 'kept' : 'written';
}

function remark(done: string): string {
  if (done === 'removed') return '  (no longer generated)';
  return done === 'kept' ? '  (no longer generated, but edited by hand: it is yours from now on)' : '';
}
