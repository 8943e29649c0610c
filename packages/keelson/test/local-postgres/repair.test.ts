import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { freshPostgres, postgresStateDir } from '../../src/local/postgres/index.ts';
import { makeApp, query, type TestApp } from './app.ts';

const asRoot = process.getuid?.() === 0;
let app: TestApp;
const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await app.remove();
});

/** Kills a first start while the data is half made; on a busy machine it may be whole by then, and another one is killed. */
async function killedHalfWay(attempts = 5): Promise<string> {
  app = makeApp();
  const holder = hold(app);
  const cluster = join(postgresStateDir(app.context, 'db'), 'cluster');
  const made = () => (existsSync(cluster) ? readdirSync(cluster) : []);
  await expect.poll(made, { timeout: 60_000, interval: 5 }).not.toEqual([]);
  await kill(holder.child);
  if (!existsSync(join(cluster, 'data'))) return cluster;
  expect(attempts, 'starts that were killed').toBeGreaterThan(1);
  // Takes over what may run there by now, and ends it.
  await app.start().then((part) => part.stop());
  await app.remove();
  return killedHalfWay(attempts - 1);
}

describe('after SIGKILL', () => {
  test('of keelson dev: the next start takes its server over, with every row, and ends it', async () => {
    app = makeApp();
    const holder = hold(app);
    const env = JSON.parse((await holder.line(2)) ?? '') as Record<string, string>;
    const address = new URL(env['DATABASE_URL'] ?? '').host;
    await expect(app.start()).rejects.toThrow(`in use by process ${holder.child.pid}`);
    await query({ title: '', address, env, stop: async () => {} }, 'create table kept as select 7 as id');
    const server = serverPid(app);
    await kill(holder.child);

    const part = await app.start();
    expect(part.address).toBe(`${address}/notes`);
    expect(serverPid(app)).toBe(server);
    expect(await query(part, 'select id from kept')).toEqual([{ id: 7 }]);
    await part.stop();
    expect(existsSync(join(dataDir(app), 'postmaster.pid'))).toBe(false);
  });

  test('of keelson dev and its server at once: the stale files are no obstacle', async () => {
    app = makeApp();
    const holder = hold(app);
    await holder.line(2);
    await kill(holder.child);
    process.kill(-serverPid(app), 'SIGKILL');
    const part = await app.start();
    expect(await query(part, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('of the first start while the data is being made: it is made again, and the half is gone', async () => {
    const cluster = await killedHalfWay();

    const part = await app.start();
    expect(await query(part, 'select current_database() as name')).toEqual([{ name: 'notes' }]);
    expect(readdirSync(cluster)).toEqual(['data']);
  });

  test('of the first start while the data is being made: --fresh removes the half', async () => {
    await killedHalfWay();
    await freshPostgres(app.context, 'db');
    expect(existsSync(postgresStateDir(app.context, 'db'))).toBe(false);
  });

  test('of the server during writes: it is started again and no committed row is lost', async () => {
    app = makeApp();
    const part = await app.start();
    await query(part, 'create table written (id int primary key)');
    const committed: number[] = [];
    let id = 0;
    let killed = false;
    for (let after = 0; after < 20; id++) {
      const done = await query(part, 'insert into written values ($1)', [id]).then(
        () => true,
        () => false,
      );
      if (done) committed.push(id);
      if (done && killed) after++;
      if (id === 30) {
        process.kill(-serverPid(app), 'SIGKILL');
        killed = true;
      }
    }
    const rows = await query(part, 'select id from written order by id');
    const found = new Set(rows.map((row) => row['id']));
    expect(committed.filter((number) => !found.has(number))).toEqual([]);
    expect(app.lines.join('\n')).toContain('ended unexpectedly');
  });
});

describe.runIf(asRoot)('as root', () => {
  test('the server runs as another user', async () => {
    app = makeApp();
    await app.start();
    expect(statSync(`/proc/${serverPid(app)}`).uid).not.toBe(0);
    expect(dataDir(app).startsWith(app.context.root)).toBe(true);
  });

  test('in a folder that no other user can enter the data lies elsewhere, comes back, and --fresh removes it', async () => {
    app = makeApp({ mode: 0o700 });
    const first = await app.start();
    const folder = dataDir(app);
    expect(folder.startsWith(app.context.root)).toBe(false);
    await query(first, 'create table kept as select 1 as id');
    await first.stop();
    const second = await app.start();
    expect(await query(second, 'select id from kept')).toEqual([{ id: 1 }]);
    await second.stop();
    await freshPostgres(app.context, 'db');
    expect(existsSync(folder)).toBe(false);
  });
});

function hold({ context }: TestApp) {
  const script = fileURLToPath(new URL('hold.ts', import.meta.url));
  const args = ['--conditions=keelson-source', '--import', 'tsx', script, context.root];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let read = 0;
  return {
    child,
    /** The text of the n-th line it prints. */
    line: async (number: number) => {
      let text: string | undefined;
      while (read < number) {
        const { value } = (await lines.next()) as { value: string | undefined };
        text = value;
        read++;
      }
      return text;
    },
  };
}

async function kill(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

function dataDir({ context }: TestApp): string {
  const record = readFileSync(join(postgresStateDir(context, 'db'), 'server.json'), 'utf8');
  return (JSON.parse(record) as { dataDir: string }).dataDir;
}

function serverPid(of: TestApp): number {
  return Number(readFileSync(join(dataDir(of), 'postmaster.pid'), 'utf8').split('\n')[0]);
}
