import type { Io } from '../io.ts';
import { UsageError } from '../user-error.ts';
import { run as list } from './secret/list.ts';
import { run as set } from './secret/set.ts';

const help = `Sets the secrets of an environment in AWS Secrets Manager, and says which are set.

Usage: npx keelson secret set <name> --env <name>    the value comes from standard input
       npx keelson secret list --env <name>          names, never values
`;

export async function run(args: readonly string[], io: Io): Promise<number> {
  const [word, ...rest] = args;
  if (word === 'set') return set(rest, io);
  if (word === 'list') return list(rest, io);
  if (word === '--help' || word === '-h') {
    io.stdout.write(help);
    return 0;
  }
  throw new UsageError(
    word === undefined ? 'keelson secret needs a word.' : `keelson secret has no "${word}".`,
    'There is: npx keelson secret set, npx keelson secret list',
  );
}
