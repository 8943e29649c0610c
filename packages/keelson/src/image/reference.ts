import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Io } from '../io.ts';
import { UserError, UsageError } from '../user-error.ts';

const run = promisify(execFile);

/** Names of an app's images without their tags, by service. */
export type Repositories = ReadonlyMap<string, string>;

export interface RepositoriesArgs {
  readonly app: string;
  readonly services: readonly string[];
  readonly root: string;
  /** `123456789012.dkr.ecr.eu-central-1.amazonaws.com` */
  readonly registry: string | undefined;
  readonly push: boolean;
}

/**
 * Where the images belong: in the registry that was named, otherwise, when they are pushed, in that which `infra/shared` made.
 * @throws UserError
 */
export async function repositoriesOf(args: RepositoriesArgs, io: Pick<Io, 'env'>): Promise<Repositories> {
  const { app, services, registry } = args;
  if (registry !== undefined) return named(services, `${checkRegistry(registry)}/${app}`);
  return args.push ? made(args, io) : named(services, app);
}

function named(services: readonly string[], prefix: string): Repositories {
  return new Map(services.map((service) => [service, `${prefix}/${service}`]));
}

/** Host, port and the path before a name, as Docker takes them: https://pkg.go.dev/github.com/distribution/reference */
const label = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?';
const component = '[a-z0-9]+(?:(?:\\.|__?|-+)[a-z0-9]+)*';
const registryGrammar = new RegExp(`^${label}(?:\\.${label})*(?::[0-9]{1,5})?(?:/${component})*$`);

function checkRegistry(registry: string): string {
  if (registryGrammar.test(registry)) return registry;
  const example = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
  throw new UsageError(`"${registry}" is no registry.`, `Write its host, without https:// and tag: ${example}.`);
}

async function made({ app, services, root }: RepositoriesArgs, { env }: Pick<Io, 'env'>): Promise<Repositories> {
  const outputs = await outputsOf(root, env);
  const found = new Map(
    services.flatMap((service) => {
      const url = outputs.find((value) => value.endsWith(`/${app}/${service}`));
      return url === undefined ? [] : [[service, url] as const];
    }),
  );
  const missing = services.filter((service) => !found.has(service));
  if (missing.length === 0) return found;
  throw new UserError(
    `infra/shared has no image repository for ${missing.join(', ')}.`,
    'Make it: npx keelson synth && terraform -chdir=infra/shared apply. Or name the registry: --registry <host>.',
  );
}

interface Output {
  readonly value: unknown;
}

/** Texts that `infra/shared` puts out. */
async function outputsOf(root: string, env: Io['env']): Promise<string[]> {
  for (const program of ['terraform', 'tofu']) {
    try {
      const { stdout } = await run(program, ['-chdir=infra/shared', 'output', '-json'], { cwd: root, env });
      const outputs = Object.values(JSON.parse(stdout) as Record<string, Output>);
      return outputs.flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue;
      throw unreadable(`\`${program} -chdir=infra/shared output\` failed: ${firstLine(error)}`);
    }
  }
  throw unreadable('There is neither terraform nor tofu.');
}

function unreadable(reason: string): UserError {
  return new UserError(
    `Where the images are pushed could not be read from infra/shared. ${reason}`,
    'Apply infra/shared first, or name the registry: --registry 123456789012.dkr.ecr.<region>.amazonaws.com.',
  );
}

function firstLine(error: unknown): string {
  const { stderr = '', message } = error as Error & { stderr?: string };
  return (stderr.replaceAll(/[╷│╵]/g, '').trim() || message).split('\n')[0] ?? '';
}
