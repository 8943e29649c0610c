import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Io } from '../io.ts';
import { UserError } from '../user-error.ts';
import { isIgnored } from './docker-ignore.ts';

const run = promisify(execFile);

/** A registry's grammar of tags. Source: OCI distribution specification, “Pulling manifests”. */
const grammar = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;

/** @throws UserError */
export function checkTag(tag: string): string {
  if (tag === 'latest') {
    const hint = 'Leave it out: the image is then tagged with the commit, and a rollback is an earlier tag.';
    throw new UserError('`latest` would mean another image every day, and the registry refuses that.', hint, 2);
  }
  if (grammar.test(tag)) return tag;
  throw new UserError(`"${tag}" is no tag.`, 'Letters, digits and `_.-`, at most 128, a letter or digit first.', 2);
}

/** The whole commit that the project is at. @throws UserError without git or a commit */
export async function commitOf(root: string, { env }: Pick<Io, 'env'>): Promise<string> {
  try {
    return (await git(['rev-parse', '--verify', 'HEAD'], root, env)).trim();
  } catch {
    throw new UserError(
      'The image is tagged with the commit it is made of, and there is none here.',
      'Commit the project with git, or give a tag of your own: --tag <tag>. To try the image here: --local.',
    );
  }
}

/**
 * Files that differ from the commit and get into the build, from the root of the project.
 * @param dockerIgnore text of the project's `.dockerignore`
 */
export async function uncommitted(root: string, dockerIgnore: string, { env }: Pick<Io, 'env'>): Promise<string[]> {
  const prefix = (await git(['rev-parse', '--show-prefix'], root, env)).trim();
  const status = await git(
    ['status', '--porcelain', '-z', '--no-renames', '--untracked-files=all', '--', '.'],
    root,
    env,
  );
  return status
    .split('\0')
    .filter(Boolean)
    .map((entry) => entry.slice('XY '.length + prefix.length))
    .filter((path) => !isIgnored(dockerIgnore, path));
}

async function git(args: readonly string[], cwd: string, env: Io['env']): Promise<string> {
  return (await run('git', [...args], { cwd, env, maxBuffer: 64 * 1024 * 1024 })).stdout;
}
