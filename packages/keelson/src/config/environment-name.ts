import { type App, nearest } from '@keelson/contract';
import { UserError } from '../user-error.ts';
import { configName } from './find.ts';

/** The name, when the app has such an environment. @throws UserError naming those it has */
export function environmentNamed(app: App, name: string): string {
  const names = Object.keys(app.environments ?? {});
  if (names.includes(name)) return name;
  const near = nearest(name, names);
  const known = names.length > 0 ? `There is: ${names.join(', ')}.` : `Add it to ${configName} under \`environments\`.`;
  throw new UserError(`The app has no environment "${name}".`, near ? `Did you mean ${near}? ${known}` : known);
}
