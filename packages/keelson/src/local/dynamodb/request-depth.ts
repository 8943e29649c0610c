import { validationError } from './api-error.ts';

/**
 * Levels of JSON: an item's 32 levels are two each, in at most six more of a transaction.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
const most = 80;

/** @throws ApiError for what is nested deeper than any item may be; a walk through it could run out of stack */
export function checkDepth(request: object): void {
  let level: object[] = [request];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > most) throw validationError('Nesting Levels have exceeded supported limits');
    level = level.flatMap((value) => Object.values(value).filter((member) => typeof member === 'object' && member));
  }
}
