import Schema from 'typebox/schema';
import type { App } from './app.ts';
import type { Problem } from './problem.ts';
import { appSchema } from './schema.ts';

/** Everything that is wrong with a value that should be an app; empty when it is one. */
export function checkApp(value: unknown): Problem[] {
  const [, errors] = Schema.Errors(appSchema, value);
  return errors.map((error) => ({ path: error.instancePath.slice(1).replaceAll('/', '.'), message: error.message, hint: '' }));
}

export function isApp(value: unknown): value is App {
  return checkApp(value).length === 0;
}
