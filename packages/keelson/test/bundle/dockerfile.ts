import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';

export interface Instruction {
  readonly word: string;
  readonly rest: string;
}

export interface Stage {
  readonly from: string;
  readonly name: string;
  readonly instructions: readonly Instruction[];
}

/** The stages of a Dockerfile; enough of the format for those of the templates. */
export function parseDockerfile(text: string): Stage[] {
  const stages: { from: string; name: string; instructions: Instruction[] }[] = [];
  for (const line of text.split('\n')) {
    const [, word, rest = ''] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    if (word === 'FROM') {
      const [, from = '', name = ''] = /^(\S+)(?: AS (\S+))?$/.exec(rest) ?? [];
      stages.push({ from, name, instructions: [] });
    } else if (word) stages.at(-1)?.instructions.push({ word, rest });
  }
  return stages;
}

export interface Image {
  /** WORKDIR on this machine. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  readonly user: string;
}

export interface BuildArgs {
  /** What `docker build` is called with. */
  readonly context: string;
  /** Empty folder for the file systems. */
  readonly root: string;
  /** Runs a RUN line in a folder. */
  readonly run: (line: string, folder: string) => Promise<void>;
}

/** Does what `docker build` would, with folders for file systems; WORKDIR is the whole of each. */
export async function buildWithoutDocker(stages: readonly Stage[], { context, root, run }: BuildArgs): Promise<Image> {
  const ignored = readFileSync(join(context, '.dockerignore'), 'utf8').split('\n');
  const folders = new Map<string, string>();
  let image: Image = { folder: '', env: {}, command: [], user: 'root' };
  for (const [index, { name, instructions }] of stages.entries()) {
    const folder = join(root, String(index));
    mkdirSync(folder, { recursive: true });
    folders.set(name, folder);
    const env: Record<string, string> = {};
    image = { folder, env, command: [], user: 'root' };
    for (const { word, rest } of instructions) {
      if (word === 'COPY') copy(rest, { folder, folders, context, ignored });
      if (word === 'RUN') await run(rest, folder);
      if (word === 'USER') image = { ...image, user: rest };
      if (word === 'CMD') image = { ...image, command: JSON.parse(rest) as string[] };
      if (word === 'ENV') env[rest.split('=')[0] ?? ''] = rest.slice(rest.indexOf('=') + 1);
    }
  }
  return image;
}

interface CopyArgs {
  readonly folder: string;
  readonly folders: ReadonlyMap<string, string>;
  readonly context: string;
  readonly ignored: readonly string[];
}

function copy(rest: string, { folder, folders, context, ignored }: CopyArgs): void {
  const [, stage, paths = ''] = /^(?:--from=(\S+) )?(.*)$/.exec(rest) ?? [];
  const words = paths.split(' ');
  const target = words.pop() ?? '';
  for (const word of words) {
    const from = stage === undefined ? join(context, word) : word.replace('/app', folders.get(stage) ?? '');
    if (!existsSync(from)) throw new Error(`COPY: there is no ${word}`);
    const to =
      target.endsWith('/') && /\.\w+$/.test(word) ? join(folder, target, basename(word)) : join(folder, target);
    cpSync(from, to, { recursive: true, filter: (path) => stage !== undefined || !ignored.includes(basename(path)) });
  }
}

/** Stands for `npm ci`: the packages of this repository. */
export function linkPackages(repository: string, folder: string): void {
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'), 'junction');
}
