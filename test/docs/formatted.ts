import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { repository } from '../support/imports.ts';

/** A page as the formatter leaves it, so that what is generated passes the format check. */
export function formatted(path: string, text: string): string {
  const biome = join(repository, 'node_modules/@biomejs/biome/bin/biome');
  const args = [biome, 'format', `--stdin-file-path=${path}`];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    cwd: repository,
    input: text,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`biome cannot format ${path}:\n${stderr}`);
  return stdout;
}
