import { ConfError, type Word, wordsOf } from './words.ts';

/** `name argument argument;` or `name argument { … }`. */
export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  /** The arguments where they stand. */
  readonly words: readonly Word[];
  /** Absent: it has no block. */
  readonly block?: readonly Directive[];
  /** Where it begins and ends in the file, `;` or block included. */
  readonly start: number;
  readonly end: number;
  /** Just after its `{`. */
  readonly inside?: number;
  /** From 1. */
  readonly line: number;
}

/** @throws ConfError at what nginx would not read */
export function readDirectives(conf: string): Directive[] {
  const words = wordsOf(conf);
  let at = 0;
  const readBlock = (opened?: Word): Directive[] => {
    const directives: Directive[] = [];
    for (;;) {
      const word = words[at];
      if (!word) {
        if (opened) throw new ConfError('the block that begins here does not end: there is a `}` too few', opened.line);
        return directives;
      }
      if (word.kind === '}' && opened) return directives;
      if (word.kind !== 'word') throw new ConfError(`unexpected \`${word.kind}\``, word.line);
      directives.push(readDirective(word));
    }
  };
  const readDirective = (name: Word): Directive => {
    at++;
    const args: Word[] = [];
    for (;;) {
      const word = words[at++];
      if (!word || word.kind === '}') throw new ConfError(`\`${name.text}\` is not ended by \`;\``, name.line);
      const common = {
        name: name.text,
        args: args.map(({ text }) => text),
        words: args,
        start: name.start,
        line: name.line,
      };
      if (word.kind === ';') return { ...common, end: word.end };
      if (word.kind === '{') {
        const block = readBlock(word);
        return { ...common, block, inside: word.end, end: words[at++]?.end ?? word.end };
      }
      args.push(word);
    }
  };
  return readBlock();
}

/** The directive and all in its block. */
export function within(directives: readonly Directive[]): Directive[] {
  return directives.flatMap((directive) => [directive, ...within(directive.block ?? [])]);
}
