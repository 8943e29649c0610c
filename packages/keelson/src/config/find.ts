import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../user-error.ts';

export const configName = 'keelson.config.ts';

/** The app's configuration file. @throws UserError when the folder has none */
export function findConfig(folder: string): string {
  const file = join(folder, configName);
  if (existsSync(file)) return file;
  throw new UserError(
    `There is no ${configName} in ${folder}.`,
    'Run this in the folder of an app, or make one: npx keelson new my-app --template sso',
  );
}
