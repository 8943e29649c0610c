import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { compare, type Side } from '../lib/compare.ts';
import { bundle } from '../lib/bundle.ts';
import { addNotes, startDatabase } from '../lib/database.ts';
import { byHandEntry, runtimeFolder, ssoFolder } from '../lib/paths.ts';
import { type BenchServer, freePort, startServer } from '../lib/server.ts';
import { newSession, sealByHand, sealForRuntime } from '../lib/sign-in.ts';
import { metOrNot, printTable } from '../lib/table.ts';
import { repository } from '../../test/support/imports.ts';

const rounds = 6;
const seconds = 3;

const routes = [
  { name: 'public JSON', path: '/health', goal: 0.9 },
  { name: 'signed-in JSON', path: '/', goal: 0.9 },
  { name: 'list from PostgreSQL', path: '/notes', goal: 0.95 },
];

export const requests = {
  title: 'Requests per second: the sso service ÷ the same routes written by hand',
  run: async () => {
    // Inside the repository, so that what is left external is found.
    const folder = mkdtempSync(join(repository, 'node_modules', '.bench-'));
    const database = await startDatabase();
    const servers: BenchServer[] = [];
    try {
      await addNotes(database.url, newSession());
      const ours = await startOurs(folder, database.url);
      servers.push(ours.server);
      const theirs = await startTheirs(folder, database.url);
      servers.push(theirs.server);
      await report(ours, theirs);
    } finally {
      await Promise.all(servers.map((server) => server.stop()));
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface Contender {
  readonly server: BenchServer;
  readonly cookie: string;
}

async function startOurs(folder: string, databaseUrl: string): Promise<Contender> {
  const out = join(folder, 'ours');
  await bundle({ run: join(runtimeFolder, 'src', 'run.ts'), main: join(ssoFolder, 'src', 'main.ts') }, out);
  const sessionKeys = randomBytes(32).toString('base64url');
  const server = await startServer([join(out, 'run.mjs'), join(out, 'main.mjs')], await freePort(), {
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://bench.example',
    KEELSON_SERVICE: 'api',
    KEELSON_ENVIRONMENT: 'bench',
    DATABASE_URL: databaseUrl,
    OIDC_PROVIDER: 'auth0',
    OIDC_ISSUER: 'https://login.bench.example/',
    OIDC_CLIENT_ID: 'bench',
    OIDC_CLIENT_SECRET: randomBytes(32).toString('base64url'),
    SESSION_KEYS: sessionKeys,
  });
  return { server, cookie: `__Host-session=${await sealForRuntime(newSession(), sessionKeys)}` };
}

async function startTheirs(folder: string, databaseUrl: string): Promise<Contender> {
  const out = join(folder, 'theirs');
  await bundle({ main: byHandEntry }, out);
  const key = randomBytes(32);
  const server = await startServer([join(out, 'main.mjs')], await freePort(), {
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    SESSION_KEY: key.toString('base64url'),
  });
  return { server, cookie: `session=${await sealByHand(newSession(), key)}` };
}

async function report(ours: Contender, theirs: Contender): Promise<void> {
  await answerAlike(ours, theirs);
  const rows: (string | number)[][] = [];
  for (const { name, path, goal } of routes) {
    const found = await compare(side(ours, path), side(theirs, path), rounds, seconds);
    rows.push([
      name,
      Math.round(found.ours),
      Math.round(found.theirs),
      found.ratio.toFixed(2),
      found.spread.map((ratio) => ratio.toFixed(2)).join(' … '),
      found.cpuRatio?.toFixed(2) ?? '',
      goal.toFixed(2),
      metOrNot(found.ratio >= goal),
    ]);
  }
  printTable(['route', 'sso req/s', 'by hand req/s', 'ratio', 'spread', 'by CPU', 'goal', ''], rows);
}

function side(contender: Contender, path: string): Side {
  return { target: target(contender, path), cpuSeconds: contender.server.cpuSeconds };
}

function target({ server, cookie }: Contender, path: string) {
  return { url: server.url + path, headers: { accept: 'application/json', ...(path === '/health' ? {} : { cookie }) } };
}

/** A ratio of two different answers would say nothing. */
async function answerAlike(ours: Contender, theirs: Contender): Promise<void> {
  for (const { path } of routes) {
    const [left, right] = await Promise.all([ours, theirs].map((contender) => read(target(contender, path))));
    if (left !== right) throw new Error(`${path} is answered differently:\n${left}\n${right}`);
  }
}

async function read({ url, headers }: { url: string; headers: Record<string, string> }): Promise<string> {
  const response = await fetch(url, { headers });
  return `${response.status} ${await response.text()}`;
}
