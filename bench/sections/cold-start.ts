import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFakeAws } from '../../packages/runtime/test/config/aws.ts';
import { repository } from '../../test/support/imports.ts';
import { mustRun, plainEnv } from '../../test/support/run.ts';
import { bundle, sizeOf } from '../lib/bundle.ts';
import { type ColdStart, type Program, toFirstPage } from '../lib/cold-start.ts';
import { keelsonBin } from '../lib/paths.ts';
import { median, metOrNot, printTable } from '../lib/table.ts';

const rounds = 15;
const goalRatio = 1.3;
const goalBytes = 15_000_000;
const byHand = join(repository, 'bench', 'by-hand', 'quick');

export const coldStart = {
  title: 'From the start of the process to the first page: `quick` against the same by hand',
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'keelson-cold-start-'));
    const aws = await startFakeAws();
    aws.secret.AWSCURRENT = 'a-secret-of-forty-characters-for-the-bench';
    try {
      const trees = await buildTrees(folder);
      for (const [name, env] of Object.entries(environments(aws.url))) await report(name, trees, env);
      reportSize(trees.ours.folder);
    } finally {
      await aws.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

type Tree = Omit<Program, 'env'>;
interface Trees {
  readonly ours: Tree;
  readonly byHand: Tree;
  readonly bare: Tree;
}

/** All three bundled alike, and run as the Dockerfile runs the first. */
async function buildTrees(folder: string): Promise<Trees> {
  const ours = join(folder, 'ours');
  const cwd = join(repository, 'templates', 'quick');
  await mustRun(process.execPath, [keelsonBin, 'bundle', 'api', '--out', ours], { cwd, env: plainEnv() });
  const theirs = join(folder, 'theirs');
  await bundle({ main: join(byHand, 'main.ts'), bare: join(byHand, 'bare.ts') }, theirs);
  const args = ['--enable-source-maps'];
  return {
    ours: { folder: ours, args: [...args, 'server.js'] },
    byHand: { folder: theirs, args: [...args, 'main.mjs'] },
    bare: { folder: theirs, args: [...args, 'bare.mjs'] },
  };
}

/** The contract of `quick`, with secrets as `keelson dev` gives them and as AWS does. Nobody signs in, so nobody is the provider. */
function environments(aws: string): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const common = {
    NODE_ENV: 'production',
    KEELSON_SERVICE: 'api',
    KEELSON_ENVIRONMENT: 'dev',
    PUBLIC_URL: 'https://quick.example.com',
    TRUSTED_PROXIES: '127.0.0.1/32',
    CLIENT_ADDRESS_HEADER: 'x-amzn-request-context',
    OIDC_PROVIDER: 'google',
    OIDC_ISSUER: 'https://127.0.0.1:9',
    OIDC_CLIENT_ID: 'bench',
    SESSION_TABLE: 'bench',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_LAMBDA_FUNCTION_NAME: 'bench',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
  const arn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:quick-dev-login';
  const direct = 'a-secret-of-forty-characters-for-the-bench';
  return {
    'secrets from Secrets Manager': {
      ...common,
      OIDC_CLIENT_SECRET_SECRET_ARN: arn,
      SESSION_KEYS_SECRET_ARN: arn,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: aws,
    },
    'secrets as variables': { ...common, OIDC_CLIENT_SECRET: direct, SESSION_KEYS: direct },
  };
}

async function report(name: string, trees: Trees, env: Program['env']): Promise<void> {
  const order = ['ours', 'byHand', 'bare'] as const;
  const all: Record<keyof Trees, ColdStart[]> = { ours: [], byHand: [], bare: [] };
  // Once for the disk's cache.
  for (const tree of order) await toFirstPage({ ...trees[tree], env });
  for (let round = 0; round < rounds; round++) {
    for (const tree of round % 2 === 0 ? order : order.toReversed())
      all[tree].push(await toFirstPage({ ...trees[tree], env }));
  }
  console.log(`  ${name}\n`);
  const byHandRatio = ratioOf(all.ours, all.byHand);
  printTable(
    ['first page of', 'ms', 'CPU ms', 'keelson ÷ it', 'spread', 'by CPU', 'goal', ''],
    [
      ['keelson', ...times(all.ours), '', '', '', '', ''],
      [
        'by hand',
        ...times(all.byHand),
        ...byHandRatio.cells,
        `≤ ${goalRatio}`,
        metOrNot(byHandRatio.value <= goalRatio),
      ],
      ['bare Fastify', ...times(all.bare), ...ratioOf(all.ours, all.bare).cells, '', ''],
    ],
  );
  console.log('');
}

function times(starts: readonly ColdStart[]): [number, number | string] {
  const cpu = starts.flatMap((start) => start.cpu ?? []);
  return [Math.round(median(starts.map(({ took }) => took))), cpu.length > 0 ? Math.round(median(cpu)) : '–'];
}

/** Of neighbouring rounds, so that a busy moment of the machine hits both. */
function ratioOf(ours: readonly ColdStart[], theirs: readonly ColdStart[]) {
  const pairs = ours.flatMap((one, index) => {
    const other = theirs[index];
    return other ? [{ one, other }] : [];
  });
  const ratios = pairs.map(({ one, other }) => one.took / other.took);
  const byCpu = pairs.flatMap(({ one, other }) => (one.cpu && other.cpu ? [one.cpu / other.cpu] : []));
  const value = median(ratios);
  const spread = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;
  const cells: [string, string, string] = [value.toFixed(2), spread, byCpu.length > 0 ? median(byCpu).toFixed(2) : '–'];
  return { value, cells };
}

function reportSize(folder: string): void {
  const [all, maps] = [sizeOf(folder), sizeOf(folder, (path) => path.endsWith('.map'))];
  const megabytes = (bytes: number) => (bytes / 1_000_000).toFixed(1);
  printTable(
    ['tree of the image', 'MB', 'of it source maps', 'goal', ''],
    [['quick', megabytes(all), megabytes(maps), '≤ 15 MB', metOrNot(all <= goalBytes)]],
  );
}
