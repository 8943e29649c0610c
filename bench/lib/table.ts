/** Prints rows under a header, columns aligned; numbers to the right. */
export function printTable(header: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  const text = [header, ...rows].map((row) => row.map(String));
  const widths = header.map((_, column) => Math.max(...text.map((row) => row[column]?.length ?? 0)));
  for (const [index, row] of text.entries()) {
    const source = rows[index - 1];
    const cells = row.map((cell, column) => {
      const width = widths[column] ?? 0;
      return typeof source?.[column] === 'number' ? cell.padStart(width) : cell.padEnd(width);
    });
    console.log(`  ${cells.join('   ').trimEnd()}`);
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = sorted.length % 2 === 0 ? [sorted[middle - 1], sorted[middle]] : [sorted[middle], sorted[middle]];
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}

export function metOrNot(met: boolean): string {
  return met ? 'met' : 'not met';
}
