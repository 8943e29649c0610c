import { resolve } from 'node:path';
import { helpText, readArguments, type Usage } from '../arguments.ts';
import { fromSource } from '../from-source.ts';
import type { Io } from '../io.ts';
import { createProject } from '../new/create.ts';
import { repository } from '../new/repository.ts';
import { vendoredPackages } from '../new/vendored.ts';
import { style } from '../style.ts';
import { UsageError } from '../user-error.ts';

const usage: Usage = {
  name: 'new',
  summary: 'Makes a project of your own from a template.',
  argument: '<folder>',
  flags: { template: { value: 'name', summary: 'What to start from. Default: sso' } },
};

export async function run(args: readonly string[], io: Io): Promise<number> {
  const parsed = readArguments(usage, args);
  if (parsed.help) {
    io.stdout.write(helpText(usage));
    return 0;
  }
  const { argument, flags } = parsed;
  if (!argument)
    throw new UsageError('keelson new needs a folder.', 'For example: npx keelson new my-app --template sso');
  createProject(resolve(io.cwd, argument), typeof flags['template'] === 'string' ? flags['template'] : 'sso');
  printNext(argument, io);
  return 0;
}

const installPacked = 'npm install ./vendor/*.tgz';

/**
 * The packages are on no registry yet: a project made from a clone takes them from there. They lie in the project itself, so
 * that its lock file names nothing outside of it, and an image or a build elsewhere can install the same.
 */
const pack = [
  `npm pack --silent --prefix ${quoted(repository)} -w packages/contract -w packages/runtime -w packages/infra -w packages/keelson --pack-destination vendor`,
  installPacked,
];

function printNext(folder: string, io: Io): void {
  const { bold } = style(io.stdout, io.env);
  const enter = folder === '.' ? [] : [`cd ${quoted(folder)}`];
  const hasPacked = vendoredPackages().length > 0;
  const install = fromSource ? pack : [hasPacked ? installPacked : 'npm install'];
  const lines = [...enter, ...install, 'npm start'].map((step) => `  ${bold(step)}\n`).join('');
  const commit = fromSource || hasPacked ? 'Commit vendor/ and package-lock.json: an image is built from them.\n' : '';
  io.stdout.write(
    `Made ${folder}. Next:\n\n${lines}\n${commit}Its README.md says what is in it and what to change first.\n`,
  );
}

/** As a shell takes it for one word. */
function quoted(path: string): string {
  return /^[\w@%+=:,./\\-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
