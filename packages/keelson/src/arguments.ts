import { parseArgs } from 'node:util';
import { nearest } from '@keelson/contract';
import { UsageError } from './user-error.ts';

export interface Flag {
  readonly summary: string;
  /** What its value is called in the help; absent: the flag stands alone. */
  readonly value?: string;
  /** May be written more than once; its values are then joined by a space. */
  readonly many?: true;
}

/** What a command takes, for parsing and for its help. */
export interface Usage {
  readonly name: string;
  readonly summary: string;
  /** Its one argument without a flag, as the help shows it: `<folder>`, or `[service]` where it may be left out. */
  readonly argument?: string;
  readonly flags: Readonly<Record<string, Flag>>;
}

export interface Arguments {
  readonly help: boolean;
  readonly argument: string | undefined;
  /** `true` for a flag without a value. */
  readonly flags: Readonly<Record<string, string | true | undefined>>;
}

/** @throws UsageError naming the nearest flag */
export function readArguments(usage: Usage, args: readonly string[]): Arguments {
  const flags: Record<string, string | true> = {};
  const rest: string[] = [];
  const types = Object.entries(usage.flags).map(
    ([name, flag]) => [name, { type: flag.value ? 'string' : 'boolean' }] as const,
  );
  const options = { ...Object.fromEntries(types), help: { type: 'boolean', short: 'h' } } as const;
  for (const token of parseArgs({ args: [...args], options, strict: false, tokens: true }).tokens) {
    if (token.kind === 'positional') rest.push(token.value);
    if (token.kind === 'option') {
      const value = flagValue(usage, token.name, token.rawName, token.value);
      const earlier = usage.flags[token.name]?.many ? flags[token.name] : undefined;
      flags[token.name] = earlier === undefined ? value : `${earlier} ${value}`;
    }
  }
  const extra = usage.argument ? rest[1] : rest[0];
  if (extra !== undefined) {
    throw new UsageError(`keelson ${usage.name} does not take "${extra}".`, `See: npx keelson ${usage.name} --help`);
  }
  return { help: flags['help'] === true, argument: rest[0], flags };
}

function flagValue(usage: Usage, name: string, written: string, value: string | undefined): string | true {
  const flag = name === 'help' ? {} : Object.hasOwn(usage.flags, name) ? usage.flags[name] : undefined;
  if (!flag) {
    const near = nearest(name, [...Object.keys(usage.flags), 'help']);
    const hint = near ? `Did you mean --${near}?` : `See: npx keelson ${usage.name} --help`;
    throw new UsageError(`keelson ${usage.name} has no flag ${written}.`, hint);
  }
  if ('value' in flag && !value) throw new UsageError(`${written} needs a value.`, `Write ${written} <${flag.value}>.`);
  if (!('value' in flag) && value !== undefined)
    throw new UsageError(`${written} takes no value.`, `Write ${written}.`);
  return value ?? true;
}

/** A flag that is a TCP port; `0` asks for any free one. */
export function portFlag({ flags }: Arguments, name: string): number | undefined {
  const value = flags[name];
  if (typeof value !== 'string') return undefined;
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value);
  throw new UsageError(`--${name} must be a port, but is "${value}".`, `Write a number up to 65535: --${name} 8080.`);
}

export function helpText({ name, summary, argument, flags }: Usage): string {
  const rows = Object.entries({ ...flags, help: { summary: 'Show this' } as Flag }).map(
    ([flag, { value, summary: text }]) => [`--${flag}${value ? ` <${value}>` : ''}`, text],
  );
  const width = Math.max(...rows.map(([flag = '']) => flag.length));
  const lines = rows.map(([flag = '', text]) => `  ${flag.padEnd(width)}  ${text}`);
  return `${summary}\n\nUsage: npx keelson ${name}${argument ? ` ${argument}` : ''} [flags]\n\n${lines.join('\n')}\n`;
}
