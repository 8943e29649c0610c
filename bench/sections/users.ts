import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { sqlOn, startServer as startDatabase } from '../../packages/runtime/test/data/database.ts';
import { repository } from '../../test/support/imports.ts';
import { migrateUsers, waitingLink } from '../../test/users/service.ts';
import { bundle } from '../lib/bundle.ts';
import { compare, type Side } from '../lib/compare.ts';
import { runtimeFolder } from '../lib/paths.ts';
import { type BenchServer, freePort, startServer } from '../lib/server.ts';
import { metOrNot, printTable } from '../lib/table.ts';
import { healthUnderLogins, type Credentials } from './users-logins.ts';

const rounds = 6;
const seconds = 3;
const goal = 0.9;
const path = '/users?limit=20';
const issuer = 'https://bench.example';
const admin: Credentials = { email: 'ada@bench.example', password: 'correct horse battery' };

export const users = {
  title: 'The users service: lists per second ÷ the same by hand with Fastify, jose and pg; and logins',
  run: async () => {
    // Inside the repository, so that what is left external is found.
    const folder = mkdtempSync(join(repository, 'node_modules', '.bench-'));
    const database = await startDatabase();
    const servers: BenchServer[] = [];
    try {
      const url = await database.emptyDatabase();
      await migrateUsers(url);
      await sqlOn(
        url,
        "insert into users (email) select 'user-' || n || '@example.com' from generate_series(1, 1000) n",
      );
      await sqlOn(url, 'analyze users');
      const ours = await startOurs(folder, url);
      servers.push(ours.server);
      const theirs = await startTheirs(folder, url);
      servers.push(theirs.server);
      await reportLists(ours, theirs);
      console.log('');
      await reportLogins(ours.server.url);
    } finally {
      await Promise.all(servers.map((server) => server.stop()));
      await database.remove();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface Contender {
  readonly server: BenchServer;
  readonly token: string;
}

async function startOurs(folder: string, databaseUrl: string): Promise<Contender> {
  const out = join(folder, 'ours');
  const main = join(repository, 'templates/users/src/main.ts');
  await bundle({ run: join(runtimeFolder, 'src', 'run.ts'), main }, out);
  const server = await startServer([join(out, 'run.mjs'), join(out, 'main.mjs')], await freePort(), {
    NODE_ENV: 'production',
    PUBLIC_URL: issuer,
    KEELSON_SERVICE: 'api',
    KEELSON_ENVIRONMENT: 'bench',
    DATABASE_URL: databaseUrl,
    ACCOUNT_KEYS: randomBytes(32).toString('base64url'),
    ADMIN_EMAIL: admin.email,
    // Nobody listens there: the mail waits in its table.
    MAIL_URL: `smtp://127.0.0.1:${await freePort()}`,
    MAIL_FROM: 'no-reply@bench.example',
  });
  try {
    await post(server, '/auth/register', { ...admin, name: 'Ada' });
    await post(server, '/auth/confirm', { token: await waitingLink(databaseUrl) });
    const answer = (await post(server, '/auth/login', admin)) as { access_token: string };
    return { server, token: answer.access_token };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function startTheirs(folder: string, databaseUrl: string): Promise<Contender> {
  const out = join(folder, 'theirs');
  await bundle({ main: join(repository, 'bench/by-hand/users.ts') }, out);
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const server = await startServer([join(out, 'main.mjs')], await freePort(), {
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    PUBLIC_JWK: JSON.stringify(await exportJWK(publicKey)),
    ISSUER: issuer,
  });
  const token = new SignJWT({ roles: ['admin'], email: admin.email })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt' })
    .setIssuer(issuer)
    .setAudience(issuer)
    .setSubject('ada')
    .setExpirationTime('1h');
  return { server, token: await token.sign(privateKey) };
}

async function post(server: BenchServer, address: string, body: unknown): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(server.url + address, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

async function reportLists(ours: Contender, theirs: Contender): Promise<void> {
  const [left, right] = await Promise.all([read(ours), read(theirs)]);
  if (left !== right) throw new Error(`${path} is answered differently:\n${left}\n${right}`);
  const found = await compare(side(ours), side(theirs), rounds, seconds);
  printTable(
    ['route', 'users req/s', 'by hand req/s', 'ratio', 'spread', 'by CPU', 'goal', ''],
    [
      [
        'list of 20 with a token',
        Math.round(found.ours),
        Math.round(found.theirs),
        found.ratio.toFixed(2),
        found.spread.map((ratio) => ratio.toFixed(2)).join(' … '),
        found.cpuRatio?.toFixed(2) ?? '',
        goal.toFixed(2),
        metOrNot(found.ratio >= goal),
      ],
    ],
  );
}

async function reportLogins(url: string): Promise<void> {
  const { perSecond, idle, loaded } = await healthUnderLogins(url, admin);
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  printTable(
    ['logins/s', '/health p99 idle', '/health p50 under logins', '/health p99 under logins'],
    [[Math.round(perSecond), ms(idle.p99), ms(loaded.p50), ms(loaded.p99)]],
  );
}

function side({ server, token }: Contender): Side {
  const target = { url: server.url + path, headers: { accept: 'application/json', authorization: `Bearer ${token}` } };
  return { target, cpuSeconds: server.cpuSeconds };
}

async function read(contender: Contender): Promise<string> {
  const { url, headers } = side(contender).target;
  const response = await fetch(url, { headers: { ...headers } });
  return `${response.status} ${await response.text()}`;
}
