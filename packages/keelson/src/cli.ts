import type { Io } from './io.ts';
import { packageVersion } from './package-version.ts';
import { printError } from './print-error.ts';
import { style } from './style.ts';
import { UsageError } from './user-error.ts';

export interface Command {
  /** @returns the exit code */
  run(args: readonly string[], io: Io): Promise<number>;
}

interface Entry {
  readonly summary: string;
  load(): Promise<Command>;
}

/** Each command is loaded when it is called, so that `keelson --help` stays quick. */
const commands: Readonly<Record<string, Entry>> = {
  build: { summary: 'Build the images of the services', load: () => import('./commands/build.ts') },
  bundle: { summary: 'Bundle a service for its image', load: () => import('./commands/bundle.ts') },
  db: { summary: 'Say where the database is, and open psql', load: () => import('./commands/db.ts') },
  dev: { summary: 'Run the app and everything it needs on this machine', load: () => import('./commands/dev.ts') },
  migrate: { summary: 'Bring the database to the newest migration', load: () => import('./commands/migrate.ts') },
  new: { summary: 'Make a project from a template', load: () => import('./commands/new.ts') },
  secret: { summary: 'Set the secrets of an environment in AWS', load: () => import('./commands/secret.ts') },
  seed: { summary: 'Fill the database with the app’s seeds', load: () => import('./commands/seed.ts') },
  synth: { summary: 'Write the app as Terraform', load: () => import('./commands/synth.ts') },
  state: { summary: 'Make the bucket for Terraform’s state', load: () => import('./commands/state.ts') },
  token: {
    summary: 'Get an access token of the running local provider',
    load: () => import('./commands/token.ts'),
  },
};

/** @returns the exit code: 0 done, 1 failed, 2 the command line itself is wrong */
export async function main(args: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = args;
  try {
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') return printHelp(io);
    if (name === '--version' || name === '-v') return printVersion(io);
    return await (await commandNamed(name)).run(rest, io);
  } catch (error) {
    return printError(error, io);
  }
}

async function commandNamed(name: string): Promise<Command> {
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (entry) return entry.load();
  const { nearest } = await import('@keelson/contract');
  const near = nearest(name, Object.keys(commands));
  const hint = near ? `Did you mean \`npx keelson ${near}\`?` : 'See: npx keelson --help';
  throw new UsageError(
    name.startsWith('-') ? `keelson has no flag ${name}.` : `There is no command \`${name}\`.`,
    hint,
  );
}

function printHelp(io: Io): number {
  const { bold } = style(io.stdout, io.env);
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${bold(name.padEnd(width))}  ${summary}`);
  io.stdout.write(
    `Usage: npx keelson <command> [flags]\n\n${lines.join('\n')}\n\nnpx keelson <command> --help shows its flags.\n`,
  );
  return 0;
}

function printVersion(io: Io): number {
  io.stdout.write(`${packageVersion()}\n`);
  return 0;
}
