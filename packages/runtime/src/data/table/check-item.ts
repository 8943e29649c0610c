import { invalidItem, type ItemMap } from './keys.ts';
import { isStorable, notStorable } from './number.ts';

/** DynamoDB takes no deeper nesting. */
const deepest = 32;

interface Fault {
  readonly path: string;
  readonly message: string;
}

/**
 * Refuses what DynamoDB or a JavaScript number cannot hold, with the place, before anything is sent.
 * @throws KeelsonError `INVALID_REQUEST`
 */
export function checkItem(item: ItemMap): void {
  const faults: Fault[] = [];
  for (const [name, value] of Object.entries(item)) collect(name, value, 1, faults);
  if (faults.length > 0) throw invalidItem(faults);
}

function collect(path: string, value: unknown, depth: number, faults: Fault[]): void {
  if (typeof value === 'number') {
    if (!isStorable(value)) faults.push({ path, message: notStorable });
  } else if (typeof value === 'object' && value !== null && !(value instanceof Uint8Array)) {
    if (depth > deepest) return void faults.push({ path, message: `must not be nested deeper than ${deepest} levels` });
    for (const [name, member] of Object.entries(value)) collect(`${path}/${name}`, member, depth + 1, faults);
  }
}
