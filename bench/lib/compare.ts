import { load, type Target } from './load.ts';
import { median } from './table.ts';

export interface Comparison {
  /** Median requests per second. */
  readonly ours: number;
  readonly theirs: number;
  /** Median of ours ÷ theirs, each pair measured one after the other. */
  readonly ratio: number;
  /** Lowest and highest of those. */
  readonly spread: readonly [number, number];
}

/** Rounds are short and alternate, so that a busy moment of the machine hits both sides of a ratio. */
export async function compare(ours: Target, theirs: Target, rounds: number, seconds: number): Promise<Comparison> {
  await load(ours, seconds);
  await load(theirs, seconds);
  const pairs: { ours: number; theirs: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const oursFirst = round % 2 === 0;
    const first = await load(oursFirst ? ours : theirs, seconds);
    const second = await load(oursFirst ? theirs : ours, seconds);
    pairs.push(oursFirst ? { ours: first, theirs: second } : { ours: second, theirs: first });
  }
  const ratios = pairs.map((pair) => pair.ours / pair.theirs);
  return {
    ours: median(pairs.map((pair) => pair.ours)),
    theirs: median(pairs.map((pair) => pair.theirs)),
    ratio: median(ratios),
    spread: [Math.min(...ratios), Math.max(...ratios)],
  };
}
