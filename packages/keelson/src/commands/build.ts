import { type Arguments, helpText, readArguments, type Usage } from '../arguments.ts';
import { environmentNamed } from '../config/environment-name.ts';
import { type LoadedApp, loadApp } from '../config/load.ts';
import { serviceNamed } from '../config/service-name.ts';
import { imageProblems } from '../image/checks.ts';
import { type Builder, dockerCommands, findBuilder, runDocker } from '../image/docker.ts';
import { type ImageFile, imageFiles, writeImageFiles } from '../image/files.ts';
import { type Image, imagesOf } from '../image/images.ts';
import { pushedBefore } from '../image/pushed-before.ts';
import { uncommitted } from '../image/tag.ts';
import type { Io } from '../io.ts';
import { ProblemsError, UsageError, UserError } from '../user-error.ts';
import { noteExposed, noteUncommitted, printBuilt, printFiles, printNext, printTexts } from './build/report.ts';

const usage: Usage = {
  name: 'build',
  summary:
    'Builds the image of a service, or of each, by the project’s own Dockerfile; writes one and a .dockerignore where there are none.',
  argument: '[service]',
  flags: {
    env: {
      value: 'name',
      summary: 'Environment that it is for. Needed when one runs on arm64 and another on x86_64',
    },
    tag: { value: 'tag', summary: 'Instead of the whole git commit' },
    push: { summary: 'Push it, unless its tag is there already, and print what says that it is the one to run' },
    load: { summary: 'Keep it in Docker on this machine. The default' },
    local: { summary: 'An image to try on this machine: for its platform, tagged `local`' },
    registry: { value: 'host', summary: 'Registry. Default with --push: the one that infra/shared made' },
    print: { summary: 'Print the Dockerfile and .dockerignore, and do nothing' },
  },
};

export async function run(args: readonly string[], io: Io): Promise<number> {
  const parsed = readArguments(usage, args);
  if (parsed.help) {
    io.stdout.write(helpText(usage));
    return 0;
  }
  checkFlags(parsed);
  const loaded = await loadApp(io.cwd);
  const services = servicesOf(parsed, loaded);
  const files = imageFiles(loaded, services);
  if (parsed.flags['print']) {
    printTexts(io, files);
    return 0;
  }
  const environment = environmentOf(parsed, loaded);
  const images = await imagesOf(loaded, { services, environment, ...optionsOf(parsed) }, io);
  failOnProblems(loaded, services, files);
  writeImageFiles(loaded.root, files);
  printFiles(io, files);
  const builder = await findBuilder(io);
  const before = builder ? await pushedBefore(builder, images, io) : new Set<Image>();
  const missing = images.filter((image) => !before.has(image));
  if (missing.length > 0) await note(parsed, loaded, files, io);
  if (builder === undefined) throw noDocker(files, images);
  for (const image of missing) await build(builder, image, loaded.root, io);
  printBuilt(io, images, before);
  printNext(io, { app: loaded.app, root: loaded.root, images, environment });
  return 0;
}

/** @throws UsageError */
function checkFlags({ flags }: Arguments): void {
  const not = (one: string, other: string) => {
    if (flags[one] && flags[other]) throw new UsageError(`--${one} and --${other} do not go together.`, 'Choose one.');
  };
  not('push', 'load');
  for (const other of ['push', 'env', 'tag', 'registry']) not('local', other);
}

function servicesOf({ argument }: Arguments, { app }: LoadedApp): string[] {
  return argument === undefined ? Object.keys(app.services) : [serviceNamed(app.services, argument)];
}

function environmentOf({ flags }: Arguments, { app }: LoadedApp): string | undefined {
  return typeof flags['env'] === 'string' ? environmentNamed(app, flags['env']) : undefined;
}

function optionsOf({ flags }: Arguments) {
  const text = (name: string) => (typeof flags[name] === 'string' ? flags[name] : undefined);
  return {
    tag: text('tag'),
    registry: text('registry'),
    push: flags['push'] === true,
    local: flags['local'] === true,
  };
}

function failOnProblems({ app, root }: LoadedApp, services: readonly string[], files: readonly ImageFile[]): void {
  const problems = imageProblems(app, services, root, files);
  if (problems.length > 0) throw new ProblemsError('The image cannot be built as it is:', problems);
}

async function note({ flags }: Arguments, { root }: LoadedApp, files: readonly ImageFile[], io: Io): Promise<void> {
  const dockerIgnore = files.find(({ path }) => path === '.dockerignore')?.text ?? '';
  noteExposed(io, root, dockerIgnore);
  // Only a tag that is the commit says something about the files.
  if (!flags['tag'] && !flags['local']) noteUncommitted(io, await uncommitted(root, dockerIgnore, io));
}

async function build(builder: Builder, image: Image, root: string, io: Io): Promise<void> {
  for (const args of dockerCommands(builder, image)) {
    io.stdout.write(`\n$ docker ${args.join(' ')}\n`);
    const code = await runDocker(builder, args, root, io);
    if (code !== 0)
      throw new UserError(`docker ended with ${code}: there is no image of ${image.service}.`, hintFor(image));
  }
}

/** The reason is docker's to say; that it may not push is the one that it says least well. */
function hintFor({ reference, push }: Image): string {
  const [host = ''] = reference.split('/');
  const [, region] = /\.dkr\.ecr\.([a-z0-9-]+)\./.exec(host) ?? [];
  if (!push || region === undefined) return '';
  return `To sign in to the registry: aws ecr get-login-password --region ${region} | docker login --username AWS --password-stdin ${host}`;
}

function noDocker(files: readonly ImageFile[], images: readonly Image[]): UserError {
  const commands = images.flatMap((image) => dockerCommands('buildx', image)).map((args) => `docker ${args.join(' ')}`);
  const names = files.map(({ path }) => path).join(', ');
  return new UserError(
    'No image was built: there is no `docker` on this machine.',
    [
      'Install Docker with buildx (https://docs.docker.com/get-docker), or build where it is:',
      ...commands.map((command) => `  ${command}`),
      `What it needs is in this folder: ${names}.`,
    ].join('\n'),
  );
}
