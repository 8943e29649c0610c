import { nearest } from '../nearest.ts';

/** What a pattern of the schema asks for, in words. */
const patterns: Readonly<Record<string, { readonly rule: string; readonly hint: string }>> = {
  '^[a-z][a-z0-9-]{0,30}$': {
    rule: 'must start with a lower-case letter and have only lower-case letters, digits and hyphens, at most 31 in all',
    hint: 'For example `orders` or `orders-db`.',
  },
  '^[a-z]{2}(-[a-z]+)+-[0-9]$': { rule: 'must be an AWS region', hint: 'For example `eu-central-1`.' },
  '^/': { rule: 'must be a path that starts with `/`', hint: 'For example `/health`.' },
  '^/[A-Za-z0-9/_-]*$': {
    rule: 'must be a path that starts with `/` and has only letters, digits, `-`, `_` and `/`',
    hint: 'For example `/auth/callback`.',
  },
  '^[A-Z][A-Z0-9_]*$': {
    rule: 'must be a variable name: upper-case letters, digits and `_`, a letter first',
    hint: 'For example `STRIPE_KEY`.',
  },
};

export function patternInWords(pattern: string): { readonly rule: string; readonly hint: string } {
  return patterns[pattern] ?? { rule: `must match ${pattern}`, hint: '' };
}

/** `one of `a`, `b` or `c``, each in backquotes. */
export function listed(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}

/** The way out for a word that is not among `candidates`: the nearest one, otherwise all of them. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const near = nearest(word, candidates);
  if (near !== undefined) return `Did you mean \`${near}\`?`;
  return candidates.length > 0 ? `Use ${listed(candidates)}.` : '';
}

/** A value as a person would name it: `"80"`, `3`, `a list`, `nothing`. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return value === '' ? 'empty' : JSON.stringify(clipped(value));
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'function' ? 'a function' : 'an object';
}

function clipped(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
