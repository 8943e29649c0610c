import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../test/support/imports.ts';
import { show, showsFolder, startShows, writeShows } from '../../test/support/shows.ts';
import { startTokenIssuer, takesTokensOf } from '../../test/support/token-issuer.ts';
import { bundle } from '../lib/bundle.ts';
import { compare, type Comparison, type Side } from '../lib/compare.ts';
import type { TokenList } from '../lib/load.ts';
import { byHandShowsEntry, recordedEntry, runtimeFolder, tokenOnlyEntry } from '../lib/paths.ts';
import { type BenchServer, freePort, startServer } from '../lib/server.ts';
import { metOrNot, printTable } from '../lib/table.ts';
import { signTokens } from '../lib/tokens.ts';

const rounds = 6;
const seconds = 3;
const listed = 20;
/** More than twice as many as the runtime remembers: none is remembered when its turn comes again. */
const differentTokens = 12_000;

type Env = Readonly<Record<string, string>>;

export const shows = {
  title: 'Requests per second: GET /v1/shows of the shows service ÷ the same by hand (Fastify, jose, SDK)',
  run: async () => {
    const folder = mkdtempSync(join(repository, 'node_modules', '.bench-'));
    const ends: (() => Promise<void> | void)[] = [() => rmSync(folder, { recursive: true, force: true })];
    try {
      const issuer = await startTokenIssuer();
      ends.push(issuer.close);
      const app = await startShows(takesTokensOf(issuer));
      ends.push(app.stop);
      const tokens = await signTokens(issuer, differentTokens);
      await fill(app.url, tokens[0] ?? '');
      const recorded = await startServer(['--import', 'tsx', recordedEntry], await freePort(), {
        TARGET: app.env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '',
      });
      ends.push(recorded.stop);
      const programs = await bundlePrograms(folder);
      const list = { file: join(folder, 'tokens.json'), next: 0 };
      writeFileSync(list.file, JSON.stringify(tokens));
      const env = serviceEnv(app.env);
      const fast = { ...env, AWS_ENDPOINT_URL_DYNAMODB: recorded.url };
      const measured = { tokens, list };
      const rows = [
        ...(await measure('list', '/v1/shows', programs.shows, programs.byHand, env, measured)),
        ...(await measure('list, DynamoDB recorded', '/v1/shows', programs.shows, programs.byHand, fast, measured)),
        ...(await measure('token alone', '/token', programs.tokenOnly, programs.byHand, env, measured)),
      ];
      printTable(['what', 'tokens', 'ours req/s', 'by hand req/s', 'ratio', 'spread', 'by CPU', 'goal', ''], rows);
    } finally {
      for (const end of ends.toReversed()) await end();
    }
  },
};

/** What `keelson dev` gives the service, as in an image. */
function serviceEnv(env: Env): Env {
  const names = Object.keys(env).filter((name) => /^(AWS_|SHOWS_|TOKEN_)/.test(name));
  return {
    ...Object.fromEntries(names.map((name) => [name, env[name] ?? ''])),
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://bench.example',
    KEELSON_SERVICE: 'api',
    KEELSON_ENVIRONMENT: 'bench',
  };
}

async function fill(url: string, token: string): Promise<void> {
  const image = { showImage: 'https://pictures.example/shows/1280.jpg' };
  const all = Array.from({ length: listed }, (_, index) => show(`bench-${index}`, { image, genre: 'Reality' }));
  const { status, body } = await writeShows(url, token, all);
  if (status !== 201) throw new Error(`the shows were not created: ${status} ${body}`);
}

interface Programs {
  readonly shows: readonly string[];
  readonly tokenOnly: readonly string[];
  readonly byHand: readonly string[];
}

async function bundlePrograms(folder: string): Promise<Programs> {
  const run = join(runtimeFolder, 'src', 'run.ts');
  await bundle({ run, main: join(showsFolder, 'src', 'main.ts'), token: tokenOnlyEntry }, join(folder, 'ours'));
  await bundle({ main: byHandShowsEntry }, join(folder, 'theirs'));
  const ours = (name: string) => [join(folder, 'ours', 'run.mjs'), join(folder, 'ours', `${name}.mjs`)];
  return { shows: ours('main'), tokenOnly: ours('token'), byHand: [join(folder, 'theirs', 'main.mjs')] };
}

interface Tokens {
  readonly tokens: readonly string[];
  readonly list: TokenList;
}

/** Both servers, with different tokens and with one that repeats. */
async function measure(
  what: string,
  path: string,
  ours: readonly string[],
  theirs: readonly string[],
  env: Env,
  { tokens, list }: Tokens,
): Promise<(string | number)[][]> {
  const servers: BenchServer[] = [];
  try {
    for (const program of [ours, theirs]) servers.push(await startServer(program, await freePort(), env));
    const [left, right] = servers as [BenchServer, BenchServer];
    const headers = { accept: 'application/json', authorization: `Bearer ${tokens[0]}` };
    const side = ({ url, cpuSeconds }: BenchServer, different?: TokenList): Side => ({
      target: { url: url + path, headers, ...(different && { tokens: different }) },
      cpuSeconds,
    });
    await answerAlike(left.url + path, right.url + path, headers);
    return [
      row(what, 'different', await compare(side(left, list), side(right, list), rounds, seconds), 0.95),
      row(what, 'repeating', await compare(side(left), side(right), rounds, seconds), 1.5),
    ];
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

function row(what: string, tokens: string, found: Comparison, goal: number): (string | number)[] {
  const spread = found.spread.map((ratio) => ratio.toFixed(2)).join(' … ');
  const [ours, theirs] = [Math.round(found.ours), Math.round(found.theirs)];
  const byCpu = found.cpuRatio?.toFixed(2) ?? '';
  return [
    what,
    tokens,
    ours,
    theirs,
    found.ratio.toFixed(2),
    spread,
    byCpu,
    goal.toFixed(2),
    metOrNot(found.ratio >= goal),
  ];
}

/** A ratio of two different answers would say nothing. */
async function answerAlike(ours: string, theirs: string, headers: Env): Promise<void> {
  const [left, right] = await Promise.all(
    [ours, theirs].map(async (url) => {
      const response = await fetch(url, { headers });
      return `${response.status} ${await response.text()}`;
    }),
  );
  if (left !== right || !left?.startsWith('200'))
    throw new Error(`${ours} is answered differently:\n${left}\n${right}`);
}
