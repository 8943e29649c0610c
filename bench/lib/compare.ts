import { load, type Target } from './load.ts';
import { median } from './table.ts';

/** A running server, and the address of it that is loaded. */
export interface Side {
  readonly target: Target;
  cpuSeconds(): number | undefined;
}

export interface Comparison {
  /** Median requests per second. */
  readonly ours: number;
  readonly theirs: number;
  /** Median of ours ÷ theirs, each pair measured one after the other. */
  readonly ratio: number;
  /** Lowest and highest of those. */
  readonly spread: readonly [number, number];
  /**
   * Requests per second of processor time, ours ÷ theirs: what the ratio would be if nothing else used the machine.
   * `undefined` where the system does not tell.
   */
  readonly cpuRatio: number | undefined;
}

interface Round {
  readonly perSecond: number;
  readonly perCpuSecond: number | undefined;
}

/** Rounds are short and alternate, so that a busy moment of the machine hits both sides of a ratio. */
export async function compare(ours: Side, theirs: Side, rounds: number, seconds: number): Promise<Comparison> {
  await load(ours.target, seconds);
  await load(theirs.target, seconds);
  const pairs: { ours: Round; theirs: Round }[] = [];
  for (let index = 0; index < rounds; index++) {
    const oursFirst = index % 2 === 0;
    const first = await round(oursFirst ? ours : theirs, seconds);
    const second = await round(oursFirst ? theirs : ours, seconds);
    pairs.push(oursFirst ? { ours: first, theirs: second } : { ours: second, theirs: first });
  }
  const ratios = pairs.map((pair) => pair.ours.perSecond / pair.theirs.perSecond);
  return {
    ours: median(pairs.map((pair) => pair.ours.perSecond)),
    theirs: median(pairs.map((pair) => pair.theirs.perSecond)),
    ratio: median(ratios),
    spread: [Math.min(...ratios), Math.max(...ratios)],
    cpuRatio: cpuRatio(pairs),
  };
}

async function round({ target, cpuSeconds }: Side, seconds: number): Promise<Round> {
  const before = cpuSeconds();
  const { perSecond, requests } = await load(target, seconds);
  const after = cpuSeconds();
  const known = before !== undefined && after !== undefined && after > before;
  return { perSecond, perCpuSecond: known ? requests / (after - before) : undefined };
}

function cpuRatio(pairs: readonly { ours: Round; theirs: Round }[]): number | undefined {
  const ratios = pairs.flatMap(({ ours, theirs }) =>
    ours.perCpuSecond && theirs.perCpuSecond ? [ours.perCpuSecond / theirs.perCpuSecond] : [],
  );
  return ratios.length > 0 ? median(ratios) : undefined;
}
