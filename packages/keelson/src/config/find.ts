import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../user-error.ts';

export const configName = 'keelson.config.ts';

/** The app's configuration file. @throws UserError when the folder has none */
export function findConfig(folder: string): string {
  const file = join(folder, configName);
  if (existsSync(file)) return file;
  throw new UserError(`There is no ${configName} in ${folder}.`, wayOut(dirname(folder)));
}

/** The app is often a folder or two above: it is named, not taken, because what a command writes goes beside it. */
function wayOut(folder: string): string {
  if (existsSync(join(folder, configName))) return `There is one in ${folder}: run this there.`;
  if (folder !== dirname(folder)) return wayOut(dirname(folder));
  return 'Run this in the folder of an app, or make one: npx keelson new my-app --template sso';
}
