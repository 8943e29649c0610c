import { cpSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { basename, join, posix, relative, sep } from 'node:path';
import { isIgnored } from '../../src/image/docker-ignore.ts';

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
    else if (line !== '' && !line.startsWith('#')) throw new Error(`not understood in the Dockerfile: ${line}`);
  }
  return stages;
}

export interface Image {
  /** `/` of the image on this machine, with nothing of what it is made from. */
  readonly root: string;
  /** WORKDIR on this machine. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** ENTRYPOINT and CMD. */
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
  /** Stands for a file of an image elsewhere (`COPY --from=<image>`): its path on this machine. @default there is none */
  readonly elsewhere?: (image: string, path: string) => string;
}

/** Does what `docker build` would, with folders for file systems. */
export async function buildWithoutDocker(stages: readonly Stage[], args: BuildArgs): Promise<Image> {
  const ignored = readFileSync(join(args.context, '.dockerignore'), 'utf8');
  const roots = new Map<string, string>();
  let image: Image = { root: '', folder: '', env: {}, command: [], user: 'root' };
  for (const [index, { name, instructions }] of stages.entries()) {
    const root = join(args.root, String(index));
    mkdirSync(root, { recursive: true });
    roots.set(name, root);
    const env: Record<string, string> = {};
    let [workdir, entrypoint, command, user] = ['/', [] as string[], [] as string[], 'root'];
    for (const { word, rest } of instructions) {
      if (word === 'WORKDIR') workdir = posix.resolve(workdir, rest);
      else if (word === 'COPY') copy(rest, { ...args, root, workdir, roots, ignored });
      else if (word === 'RUN') await args.run(rest, join(root, workdir));
      else if (word === 'USER') user = rest;
      else if (word === 'ENTRYPOINT') entrypoint = JSON.parse(rest) as string[];
      else if (word === 'CMD') command = JSON.parse(rest) as string[];
      else if (word === 'ENV') env[rest.split('=')[0] ?? ''] = rest.slice(rest.indexOf('=') + 1);
      else if (word !== 'EXPOSE' && word !== 'VOLUME') throw new Error(`not understood in the Dockerfile: ${word}`);
      mkdirSync(join(root, workdir), { recursive: true });
    }
    image = { root, folder: join(root, workdir), env, command: [...entrypoint, ...command], user };
  }
  return image;
}

interface CopyArgs extends BuildArgs {
  readonly workdir: string;
  readonly roots: ReadonlyMap<string, string>;
  readonly ignored: string;
}

/** A folder's content goes into the target; a file becomes the target, or goes into it where that ends in `/`. */
function copy(rest: string, args: CopyArgs): void {
  const { root, workdir, context, ignored } = args;
  const [, from, paths = ''] = /^(?:--from=(\S+) )?(.*)$/.exec(rest) ?? [];
  const words = paths.split(' ');
  const target = words.pop() ?? '';
  const place = join(root, posix.resolve(workdir, target));
  for (const word of words) {
    const source = from === undefined ? join(context, word) : fileOf(from, word, args);
    if (!existsSync(source)) throw new Error(`COPY: there is no ${word}`);
    const isFolder = statSync(source).isDirectory();
    const to = isFolder || !target.endsWith('/') ? place : join(place, basename(word));
    const isIn = (path: string) => path === source || !isIgnored(ignored, relative(context, path).split(sep).join('/'));
    cpSync(source, to, { recursive: true, filter: (path) => from !== undefined || isIn(path) });
  }
}

function fileOf(from: string, path: string, { roots, elsewhere }: CopyArgs): string {
  const stage = roots.get(from);
  if (stage !== undefined) return join(stage, path);
  if (elsewhere === undefined) throw new Error(`COPY: ${from} is not on this machine`);
  return elsewhere(from, path);
}

/** Stands for `npm ci`: the packages of this repository. */
export function linkPackages(repository: string, folder: string): void {
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'), 'junction');
}
