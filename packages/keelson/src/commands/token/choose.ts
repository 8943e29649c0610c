import { nearest } from '@keelson/contract';
import { UsageError, UserError } from '../../user-error.ts';

/**
 * The one that was named, or the only one there is.
 * @param what the flag that names it
 * @throws UserError saying which there are
 */
export function choose(what: string, names: readonly string[], wanted: string | undefined, none: string): string {
  const [first] = names;
  if (first === undefined) throw new UserError(none, 'Add it to keelson.config.ts.');
  if (wanted === undefined && names.length === 1) return first;
  if (wanted !== undefined && names.includes(wanted)) return wanted;
  const known = `There is: ${names.join(', ')}.`;
  if (wanted === undefined)
    throw new UsageError(`There is more than one ${what}.`, `Name one: --${what} ${first}. ${known}`);
  const near = nearest(wanted, names);
  throw new UserError(`There is no ${what} \`${wanted}\`.`, near ? `Did you mean --${what} ${near}?` : known);
}
