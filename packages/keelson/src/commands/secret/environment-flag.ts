import type { App } from '@keelson/contract';
import type { Arguments } from '../../arguments.ts';
import { environmentNamed } from '../../config/environment-name.ts';
import { UsageError } from '../../user-error.ts';

export const environmentFlag = { value: 'name', summary: 'Environment, as in keelson.config.ts' };

/** Never a default: a secret of the wrong environment is worse than a word more. @throws UserError */
export function environmentOf({ flags }: Arguments, app: App): string {
  if (typeof flags['env'] === 'string') return environmentNamed(app, flags['env']);
  const [first = 'dev'] = Object.keys(app.environments ?? {});
  throw new UsageError('Which environment?', `Add it, for example --env ${first}.`);
}
