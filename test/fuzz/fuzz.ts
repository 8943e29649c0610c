import fc from 'fast-check';
import { showSchema } from './show-schema.ts';
import { type Shows, text, wrongList } from './model/shows.ts';
import { requestsOf, type RequestPlan } from './requests/request-plan.ts';
import { runConcurrently } from './run.ts';
import { createSummary, type Summary } from './summary.ts';
import { startSystem, type System, trapPath } from './system.ts';

export interface FuzzOptions {
  /** Requests that are sent at least. */
  readonly requests: number;
  readonly seed: number;
  /** Place of a counterexample that was found with `seed`: only this is sent. */
  readonly path?: string | undefined;
  /** Called after some hundred requests each. */
  onProgress?(summary: Summary): void;
}

export interface Finding {
  readonly message: string;
  /** The fewest requests that show it; they are sent at the same time. Absent: it was seen in the table or the log. */
  readonly requests?: readonly RequestPlan[];
  /** Sends them again. */
  readonly seed: number;
  readonly path?: string;
}

export interface FuzzReport {
  readonly summary: Summary;
  /** Seconds of sending, without the start of the app. */
  readonly seconds: number;
  readonly finding: Finding | undefined;
}

/** Runs between two looks at the whole table. */
const runs = 6;

/** Starts the shows app and sends requests until there were enough, or one of them was answered wrongly. */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const system = await startSystem();
  const summary = createSummary();
  try {
    const from = performance.now();
    const finding = await search(system, summary, options);
    return { summary, seconds: (performance.now() - from) / 1000, finding: finding ?? afterwards(system, options) };
  } finally {
    await system.stop();
  }
}

async function search(
  system: System,
  summary: Summary,
  { requests, seed: first, path, onProgress }: FuzzOptions,
): Promise<Finding | undefined> {
  const shows: Shows = new Map();
  showSchema(system.operations);
  const batches = fc.array(requestsOf(system.operations), { minLength: 1, maxLength: 80, size: 'max' });
  for (let seed = first; summary.requests < requests; seed = (seed + 1) | 0) {
    const property = fc.asyncProperty(batches, (plans) => runConcurrently(system, plans, shows, summary));
    const found = await fc.check(property, {
      seed,
      numRuns: runs,
      ...(path !== undefined && { path, endOnFailure: true }),
    });
    if (found.failed) return findingOf(found, seed);
    const problems = await wrongTable(system, shows);
    if (problems.length > 0) return { message: problems.join('\n'), seed };
    onProgress?.(summary);
    if (path !== undefined) return undefined;
  }
  return undefined;
}

function findingOf(
  found: fc.RunDetailsFailureProperty<[RequestPlan[]]> | fc.RunDetails<[RequestPlan[]]>,
  seed: number,
): Finding {
  const { errorInstance: error, counterexample, counterexamplePath: path } = found;
  const message = error instanceof Error ? error.message : String(error);
  return { message, seed, ...(counterexample && { requests: counterexample[0] }), ...(path !== null && { path }) };
}

/** Compares the whole table and the whole list with the model, then empties the table. */
async function wrongTable({ table, mint, sender, doors }: System, shows: Shows): Promise<string[]> {
  const all = await table.readAll();
  const [has, should] = [all, shows].map((items) =>
    text([...items.values()].toSorted((a, b) => (String(a['slug']) < String(b['slug']) ? -1 : 1))),
  );
  const problems =
    has === should ? [] : [`PARTIAL WRITE: the table has ${all.size} shows, the model ${shows.size}, or they differ`];
  const { token } = await mint.make({ header: {}, claims: {}, times: {}, signer: 'issuer', tamper: null, fresh: 0 });
  const list = async (query: string) => {
    const request = {
      method: 'GET',
      path: `/v1/shows${query}`,
      headers: { authorization: `Bearer ${token}` },
      body: undefined,
      chunked: false,
    };
    return JSON.parse((await sender.send(doors.service, request)).body) as {
      response: Record<string, unknown>[];
      cursor?: string;
    };
  };
  problems.push(...wrongList((await list('')).response, shows));
  const paged: Record<string, unknown>[] = [];
  let cursor: string | undefined;
  do {
    const page = await list(cursor === undefined ? '?limit=7' : `?limit=7&cursor=${cursor}`);
    paged.push(...page.response);
    cursor = page.cursor;
  } while (cursor !== undefined && paged.length <= shows.size);
  problems.push(...wrongList(paged, shows).map((problem) => `page by page: ${problem}`));
  await table.remove([...all.keys()]);
  shows.clear();
  return problems;
}

/** What no single answer shows. */
function afterwards({ app, issuer }: System, { seed }: FuzzOptions): Finding | undefined {
  // The gateway tells at the level `warn` whom it refused.
  const errors = app
    .logs()
    .filter(({ level, text: line }) => level !== 'warn' || !line.includes(' at the gateway: '))
    .map((entry) => JSON.stringify(entry));
  if (errors.length > 0) return { message: `The service logged errors:\n${errors.slice(0, 5).join('\n')}`, seed };
  if (issuer.paths.includes(trapPath)) return { message: 'An address from a token was asked.', seed };
  return undefined;
}
