import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { Resource } from '@keelson/contract';
import type { LocalContext, LocalPart } from '../part.ts';
import { findBinaries } from './binaries.ts';
import { checkVersion, createCluster, hasCluster } from './cluster.ts';
import { newDataDir } from './data-dir.ts';
import { connectionUrl, databaseName, ensureDatabase } from './database.ts';
import { givenDatabase } from './given.ts';
import { removeData } from './fresh.ts';
import { acquireLock, type Lock } from './lock.ts';
import { takeOverOrphan } from './orphan.ts';
import { serverUser } from './os-user.ts';
import { LocalPostgresError } from './postgres-error.ts';
import { lockFile, postgresStateDir, readRecord, type ServerRecord, writeRecord } from './record.ts';
import { type Cluster, type Started, startServer } from './server.ts';
import { keepRunning } from './keep-running.ts';
import { once } from '../once.ts';

/**
 * Starts the app's database: the real server, on 127.0.0.1 at a free port, its state in `.keelson/postgres/<name>`. A
 * `DATABASE_URL` of the user wins, and nothing is started.
 *
 * @throws LocalPostgresError another run uses the same state, no PostgreSQL runs on this machine, or it did not start
 */
export async function startPostgres(context: LocalContext, name: string, _resource: Resource): Promise<LocalPart> {
  const given = givenDatabase(context.env);
  if (given) return given;
  const stateDir = postgresStateDir(context, name);
  const lock = lockState(stateDir);
  try {
    const cluster = await openCluster(context, stateDir);
    const started = await startOrTakeOver(cluster);
    return await serve(context, cluster, started, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

function lockState(stateDir: string): Lock {
  mkdirSync(stateDir, { recursive: true });
  const lock = acquireLock(lockFile(stateDir));
  if ('release' in lock) return lock;
  throw new LocalPostgresError(
    `The local database in ${stateDir} is in use by process ${lock.owner.pid}: \`keelson dev\` runs here already.`,
    `Stop that one first (Ctrl-C in its terminal, or \`kill ${lock.owner.pid}\`).`,
  );
}

async function openCluster(context: LocalContext, stateDir: string): Promise<Cluster> {
  const record = readRecord(stateDir);
  const made = record !== undefined && hasCluster(record.dataDir);
  const user = serverUser(made ? record.dataDir : undefined);
  const binaries = await findBinaries(context.env, user);
  const { dataDir, password } = made ? record : await planCluster(stateDir, user);
  if (made) checkVersion(binaries, dataDir);
  else await createCluster(binaries, dataDir, password, user);
  return { binaries, dataDir, stateDir, password, user };
}

/**
 * Recorded first: whatever happens next, `--fresh` finds the folder and the next start the password. Data without a record
 * belongs to a state that somebody deleted: nobody has its password.
 */
async function planCluster(stateDir: string, user: Cluster['user']): Promise<ServerRecord> {
  let dataDir = newDataDir(stateDir, user);
  if (hasCluster(dataDir)) {
    await removeData(dataDir);
    dataDir = newDataDir(stateDir, user);
  }
  const record = { dataDir, password: randomBytes(24).toString('base64url') };
  writeRecord(stateDir, record);
  return record;
}

async function startOrTakeOver(cluster: Cluster): Promise<Started> {
  return (await takeOverOrphan(cluster)) ?? (await startServer(cluster, readRecord(cluster.stateDir)?.port));
}

async function serve(context: LocalContext, cluster: Cluster, started: Started, lock: Lock): Promise<LocalPart> {
  const { port, client } = started;
  const { dataDir, password, stateDir } = cluster;
  const running = keepRunning(context, cluster, started);
  try {
    await ensureDatabase(client, context.app.name, password);
  } catch (error) {
    await running.stop();
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
  const url = connectionUrl({ port, password }, context.app.name);
  writeRecord(stateDir, { dataDir, password, port, url });
  const stop = async () => {
    await running.stop();
    writeRecord(stateDir, { dataDir, password, port });
    lock.release();
  };
  return {
    title: `PostgreSQL ${cluster.binaries.version}`,
    address: `127.0.0.1:${port}/${databaseName(context.app.name)}`,
    env: { DATABASE_URL: url },
    stop: once(stop),
  };
}
