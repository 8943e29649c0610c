import type { Problem } from '@keelson/contract';

/** A required variable that is absent. */
export function missing(name: string, description?: string): Problem {
  return {
    path: name,
    message: 'is missing.',
    hint: description ? `Set it to: ${description}.` : 'Set it in the environment of the service.',
  };
}

/** A variable whose value cannot be used. The value itself is never repeated: it may be a secret in the wrong place. */
export function invalid(name: string, reason: string, hint: string): Problem {
  return { path: name, message: reason, hint };
}
