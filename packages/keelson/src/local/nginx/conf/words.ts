/** A word of a configuration, or one of the characters that end a directive or begin and end a block. */
export interface Word {
  /** Without quotes and backslashes; `variables` in it are not replaced. */
  readonly text: string;
  readonly kind: 'word' | ';' | '{' | '}';
  /** Where it stands in the file, quotes included. */
  readonly start: number;
  readonly end: number;
  /** From 1. */
  readonly line: number;
}

/** What nginx would not read. */
export class ConfError extends Error {
  /** From 1. */
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

const quoted = /(["'])((?:\\[^]|(?!\1)[^\\])*)\1/y;
const plain = /(?:\\[^]|\$\{[^}]*\}|[^\s;{}\\])(?:\\[^]|\$\{[^}]*\}|[^\s;{\\])*/y;
const skipped = /(?:\s+|#[^\n]*)+/y;

/**
 * Takes a configuration apart as nginx does: words with or without quotes, `;`, `{`, `}`, comments left out.
 * @throws ConfError at a quote that does not end
 */
export function wordsOf(conf: string): Word[] {
  const words: Word[] = [];
  let line = 1;
  let at = 0;
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const [text] = pattern.exec(conf) ?? [];
    return text;
  };
  const pass = (text: string) => {
    at += text.length;
    line += text.split('\n').length - 1;
  };
  while (at < conf.length) {
    const space = take(skipped);
    if (space !== undefined) {
      pass(space);
      continue;
    }
    const character = conf[at] ?? '';
    const ending = character === ';' || character === '{' || character === '}' ? character : undefined;
    const isQuoted = character === '"' || character === "'";
    const text = ending ?? take(isQuoted ? quoted : plain);
    if (text === undefined) throw new ConfError(`a quote that begins here does not end`, line);
    const kind = ending ?? 'word';
    words.push({
      text: isQuoted ? unescaped(text.slice(1, -1)) : unescaped(text),
      kind,
      start: at,
      end: at + text.length,
      line,
    });
    pass(text);
  }
  return words;
}

/** nginx keeps a backslash before anything but these. */
function unescaped(text: string): string {
  return text.replace(/\\(["'\\trn])/g, (_, character: string) => escapes[character] ?? character);
}

const escapes: Readonly<Record<string, string>> = { t: '\t', r: '\r', n: '\n' };
