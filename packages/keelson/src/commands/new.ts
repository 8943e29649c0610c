import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { helpText, readArguments, type Usage } from '../arguments.ts';
import { fromSource } from '../from-source.ts';
import type { Io } from '../io.ts';
import { createProject } from '../new/create.ts';
import { style } from '../style.ts';
import { UsageError } from '../user-error.ts';

const usage: Usage = {
  name: 'new',
  summary: 'Makes a project of your own from a template.',
  argument: 'folder',
  flags: { template: { value: 'name', summary: 'What to start from. Default: sso' } },
};

export async function run(args: readonly string[], io: Io): Promise<number> {
  const parsed = readArguments(usage, args);
  if (parsed.help) {
    io.stdout.write(helpText(usage));
    return 0;
  }
  const { argument, flags } = parsed;
  if (!argument) throw new UsageError('keelson new needs a folder.', 'For example: keelson new my-app --template sso');
  createProject(resolve(io.cwd, argument), typeof flags['template'] === 'string' ? flags['template'] : 'sso');
  printNext(argument, io);
  return 0;
}

const packed = join(tmpdir(), 'keelson-packages');
const repository = fileURLToPath(new URL('../../../..', import.meta.url));
/** The packages are on no registry yet: a project made from a clone takes them from there. */
const pack = [
  `mkdir -p ${packed}`,
  `npm pack --prefix ${repository} -w packages/contract -w packages/runtime -w packages/infra -w packages/keelson --pack-destination ${packed}`,
];

function printNext(folder: string, io: Io): void {
  const { bold } = style(io.stdout, io.env);
  const enter = folder === '.' ? [] : [`cd ${folder}`];
  const steps = fromSource
    ? [...pack, ...enter, `npm install ${packed}/*.tgz`, 'npm start']
    : [...enter, 'npm install', 'npm start'];
  const lines = steps.map((step) => `  ${bold(step)}\n`).join('');
  io.stdout.write(`Made ${folder}. Next:\n\n${lines}\nIts README.md says what is in it and what to change first.\n`);
}
