/** A source map, revision 3 (ECMA-426), as esbuild writes it. */
export interface SourceMap {
  readonly sources: readonly string[];
  /** Lines apart by `;`, segments by `,`: numbers in base 64 VLQ, each the difference to the one before. */
  readonly mappings: string;
}

/**
 * Leaves other people's packages out of a source map, but for their names: a stack says which package a frame is of, not the
 * line. With `--enable-source-maps` Node reads the map while a service starts, and a whole one would cost more than
 * much of the code it is about.
 */
export function leanMap<Map extends SourceMap>(map: Map): Map {
  const packages = map.sources.map(packageOf);
  const sources = [...new Set(map.sources.map((source, index) => packages[index] ?? source))];
  const place = new Map(sources.map((source, index) => [source, index]));
  const newIndex = map.sources.map((source, index) => place.get(packages[index] ?? source) ?? 0);
  // Fields: column, source, line, column, name. That of the bundle begins anew with each line, the others do not.
  const read = [0, 0, 0, 0, 0];
  const written = [0, 0, 0, 0, 0];
  let last = -1;
  const lines = map.mappings.split(';').map((line) => {
    read[0] = 0;
    written[0] = 0;
    return segmentsOf(line).flatMap((segment) => {
      segment.forEach((difference, field) => (read[field] = (read[field] ?? 0) + difference));
      const source = newIndex[read[1] ?? 0] ?? 0;
      const foreign = packages[read[1] ?? 0] !== undefined;
      if (foreign && source === last) return [];
      last = source;
      // Of another's file not even the line: one of its package's first file would be no better than this.
      const now = foreign ? [read[0] ?? 0, source, 0, 0] : [read[0] ?? 0, source, ...read.slice(2, segment.length)];
      const text = now.map((value, field) => encode(value - (written[field] ?? 0))).join('');
      now.forEach((value, field) => (written[field] = value));
      return [text];
    });
  });
  return { ...map, sources, mappings: lines.map((segments) => segments.join(',')).join(';') };
}

/** `…/node_modules/pino`; `undefined` for our own: installed, the runtime is in `node_modules` too. */
function packageOf(source: string): string | undefined {
  const found = /^(.*(?:^|[\\/])node_modules[\\/])((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(source);
  return found && !/^@keelson[\\/]/.test(found[2] ?? '') ? found[0] : undefined;
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const valueOf = new Map([...digits].map((digit, value) => [digit, value]));

function segmentsOf(line: string): number[][] {
  return line === '' ? [] : line.split(',').map(decode);
}

function decode(segment: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const digit of segment) {
    const bits = valueOf.get(digit) ?? 0;
    value += (bits & 31) << shift;
    shift += 5;
    if (bits & 32) continue;
    numbers.push(value & 1 ? -(value >> 1) : value >> 1);
    value = 0;
    shift = 0;
  }
  return numbers;
}

function encode(number: number): string {
  let rest = number < 0 ? (-number << 1) | 1 : number << 1;
  let text = '';
  do {
    const bits = rest & 31;
    rest >>= 5;
    text += digits[rest > 0 ? bits | 32 : bits];
  } while (rest > 0);
  return text;
}
