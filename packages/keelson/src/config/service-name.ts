import { type App, nearest } from '@keelson/contract';
import { UserError } from '../user-error.ts';

/** The name, when the app has such a service. @throws UserError naming those it has */
export function serviceNamed(services: App['services'], name: string): string {
  const names = Object.keys(services);
  if (names.includes(name)) return name;
  const near = nearest(name, names);
  const all = `There is: ${names.join(', ')}.`;
  throw new UserError(`The app has no service "${name}".`, near ? `Did you mean ${near}? ${all}` : all);
}
