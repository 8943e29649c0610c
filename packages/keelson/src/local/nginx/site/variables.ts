import type { Directive } from '../conf/directives.ts';

/** What is known of a request when a variable is asked for. */
export interface Known {
  /** Values by name, without `$`. */
  get(name: string): string | undefined;
}

/** `$name` and `${name}` in a text. */
const variable = /\$(?:\{([A-Za-z0-9_]+)\}|([A-Za-z0-9_]+))/g;

export function variablesIn(text: string): string[] {
  return [...text.matchAll(variable)].map(([, braced, plain]) => braced ?? plain ?? '');
}

export function expand(text: string, known: Known): string {
  return text.replaceAll(variable, (_, braced?: string, plain?: string) => known.get(braced ?? plain ?? '') ?? '');
}

/** `map source $name { … }` */
export interface VariableMap {
  readonly name: string;
  valueFor(known: Known): string;
  /** Named groups of its patterns, which are variables too. */
  readonly groups: readonly string[];
}

interface Entry {
  /** @returns groups of the match; `undefined`: none */
  readonly match: (text: string) => Readonly<Record<string, string>> | undefined;
  readonly value: string;
}

/** Words are compared without regard to case, patterns (`~`, `~*`) in their order. */
export function readMap({ args, block = [] }: Directive): VariableMap {
  const [source = '', name = ''] = args;
  const fallback = block.find((each) => each.name === 'default')?.args[0] ?? '';
  const others = block.filter((each) => each.name !== 'default');
  const words = others.filter((each) => !each.name.startsWith('~')).map(wordEntry);
  const patterns = others.filter((each) => each.name.startsWith('~')).map(patternEntry);
  return {
    name: name.replace(/^\$/, ''),
    groups: others.flatMap((each) => [...each.name.matchAll(/\(\?<([A-Za-z0-9_]+)>/g)].map(([, group = '']) => group)),
    valueFor: (known) => {
      const text = expand(source, known);
      for (const { match, value } of [...words, ...patterns]) {
        const groups = match(text);
        if (groups) return expand(value, { get: (each) => groups[each] ?? known.get(each) });
      }
      return expand(fallback, known);
    },
  };
}

function wordEntry({ name, args }: Directive): Entry {
  const wanted = name.replace(/^\\/, '').toLowerCase();
  return { match: (text) => (text.toLowerCase() === wanted ? {} : undefined), value: args[0] ?? '' };
}

function patternEntry({ name, args }: Directive): Entry {
  const pattern = patternOf(name);
  return {
    match: (text) => {
      const found = pattern.exec(text);
      return found ? groupsOf(found) : undefined;
    },
    value: args[0] ?? '',
  };
}

/** `~pattern`, or `~*pattern` without regard to case. @throws SyntaxError */
export function patternOf(text: string): RegExp {
  return text.startsWith('~*') ? new RegExp(text.slice(2), 'i') : new RegExp(text.slice(1));
}

/** By name, and by number from 1. */
export function groupsOf(found: RegExpExecArray): Readonly<Record<string, string>> {
  const numbered = found
    .slice(1)
    .map((value: string | undefined, index): [string, string] => [String(index + 1), value ?? '']);
  return { ...Object.fromEntries(numbered), ...found.groups };
}
