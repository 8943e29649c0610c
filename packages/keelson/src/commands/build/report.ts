import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '@keelson/contract';
import { exposed } from '../../image/checks.ts';
import type { ImageFile } from '../../image/files.ts';
import type { Image } from '../../image/images.ts';
import type { Io } from '../../io.ts';
import { style } from '../../style.ts';

/** The texts of the files, for `--print`. */
export function printTexts(io: Io, files: readonly ImageFile[]): void {
  const { bold } = style(io.stdout, io.env);
  const texts = files.map(({ path, text, isThere }) => {
    const state = isThere ? 'is there, and is used as it is' : 'would be written';
    return `${bold(path)} ${state}:\n\n${text.replaceAll(/^(?=.)/gm, '  ')}`;
  });
  io.stdout.write(texts.join('\n'));
}

/** What was written; what was there needs no word. */
export function printFiles(io: Io, files: readonly ImageFile[]): void {
  const written = files.filter(({ isThere }) => !isThere);
  for (const { path } of written) io.stdout.write(`written  ${path}\n`);
  if (written.length > 0) io.stdout.write('They are yours: commit them, and change them as you like.\n');
}

export function noteExposed(io: Io, root: string, dockerIgnore: string): void {
  const names = exposed(root, dockerIgnore);
  if (names.length === 0) return;
  warn(
    io,
    `.dockerignore lets ${names.join(' and ')} into the build. Add ${names.length === 1 ? 'it' : 'them'} there.`,
  );
}

export function noteUncommitted(io: Io, paths: readonly string[]): void {
  if (paths.length === 0) return;
  const shown = paths.slice(0, 5).join(', ') + (paths.length > 5 ? ` and ${paths.length - 5} more` : '');
  warn(io, `The image is more than the commit it is tagged with; not committed: ${shown}`);
}

function warn({ stderr, env }: Io, text: string): void {
  stderr.write(`${style(stderr, env).yellow('note')} ${text}\n`);
}

/** @param before those that were in the registry already */
export function printBuilt(io: Io, images: readonly Image[], before: ReadonlySet<Image>): void {
  const { green } = style(io.stdout, io.env);
  io.stdout.write('\n');
  for (const image of images) {
    const { reference, platform, push } = image;
    const done = before.has(image) ? 'there' : push ? 'pushed' : 'built';
    const remark = before.has(image) ? '  is in the registry already: neither built nor pushed again' : '';
    io.stdout.write(`${green(done)}  ${reference}${platform ? `  (${platform})` : ''}${remark}\n`);
  }
}

export interface NextArgs {
  readonly app: App;
  readonly root: string;
  readonly images: readonly Image[];
  /** Absent: the first one. */
  readonly environment: string | undefined;
}

/** What makes a pushed image the one that runs, or one of this machine run here. */
export function printNext(io: Io, args: NextArgs): void {
  const [first] = args.images;
  const here = first?.platform === undefined ? args.images.map((image) => runHere(args, image)) : [];
  const steps = first?.push ? release(args) : here;
  if (steps.length > 0) io.stdout.write(`\nNext:\n${steps.map((step) => `  ${step}\n`).join('')}`);
}

function release({ app, images, environment = Object.keys(app.environments ?? {})[0] }: NextArgs): string[] {
  if (environment === undefined) return [];
  const puts = images.map(
    ({ service, reference }) =>
      `aws ssm put-parameter --region ${app.region} --name /${app.name}/${environment}/${service}/image --type String --overwrite --value ${reference}`,
  );
  return [...puts, `terraform -chdir=infra/${environment} apply`];
}

/** Production code on this machine: only an environment that says it is local may be reached by http. */
function runHere({ app, root }: NextArgs, { service, reference }: Image): string {
  const { port = 8000, server } = app.services[service] ?? {};
  const container = `docker run --rm -p ${port}:8080`;
  if (server === 'nginx') return `${container} ${reference}`;
  const file = existsSync(join(root, '.env')) ? ' --env-file .env' : '';
  return `${container}${file} -e PUBLIC_URL=http://localhost:${port} -e KEELSON_ENVIRONMENT=local ${reference}`;
}
