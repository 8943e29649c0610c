/** A printed entry: with a key it is `key = lines`, otherwise the lines stand as they are. */
export interface Line {
  readonly key?: string;
  readonly lines: readonly string[];
}

/**
 * Writes `key = value` entries the way `terraform fmt` does: the `=` of neighbouring entries of one line each stand in
 * one column; an entry of several lines, a comment or a blank line ends such a neighbourhood.
 */
export function alignAssignments(entries: readonly Line[]): string[] {
  const printed: string[] = [];
  let neighbours: { key: string; value: string }[] = [];
  const flush = () => {
    const width = Math.max(...neighbours.map(({ key }) => key.length));
    printed.push(...neighbours.map(({ key, value }) => `${key.padEnd(width)} = ${value}`));
    neighbours = [];
  };
  for (const { key, lines } of entries) {
    const [first = '', ...rest] = lines;
    if (key !== undefined && rest.length === 0) {
      neighbours.push({ key, value: first });
      continue;
    }
    flush();
    printed.push(key === undefined ? first : `${key} = ${first}`, ...rest);
  }
  flush();
  return printed;
}
