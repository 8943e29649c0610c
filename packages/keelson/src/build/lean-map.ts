/** A source map, revision 3 (ECMA-426), as esbuild writes it. */
export interface SourceMap {
  readonly sources: readonly string[];
  /** Lines apart by `;`, segments by `,`: numbers in base 64 VLQ, each the difference to the one before. */
  readonly mappings: string;
}

/**
 * Leaves other people's packages out of a source map, but for the names of their files: a stack says which file a frame is of,
 * not the line. With `--enable-source-maps` Node reads the map while a service starts, and a whole one would cost more than
 * much of the code it is about.
 */
export function leanMap<Map extends SourceMap>(map: Map): Map {
  const foreign = map.sources.map(isForeign);
  // Column of the bundle begins anew with each line; source, line, column and name do not.
  const read = [0, 0, 0, 0, 0];
  const written = [0, 0, 0, 0, 0];
  let last = -1;
  const lines = map.mappings.split(';').map((line) => {
    read[0] = 0;
    written[0] = 0;
    return segmentsOf(line).flatMap((segment) => {
      segment.forEach((difference, field) => (read[field] = (read[field] ?? 0) + difference));
      const source = read[1] ?? 0;
      if (foreign[source] && source === last) return [];
      last = source;
      const fields = segment.map((_, field) => (read[field] ?? 0) - (written[field] ?? 0));
      segment.forEach((_, field) => (written[field] = read[field] ?? 0));
      return [fields.map(encode).join('')];
    });
  });
  return { ...map, mappings: lines.map((segments) => segments.join(',')).join(';') };
}

/** Installed, the runtime is in `node_modules` too. */
function isForeign(source: string): boolean {
  const [, name = ''] = /.*(?:^|[\\/])node_modules[\\/](.*)$/.exec(source) ?? [];
  return name !== '' && !/^@keelson[\\/]/.test(name);
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
