import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../../../log/log.ts';
import type { ConnectionSource } from '../connection/source.ts';
import { createClientClass } from './client.ts';
import { connectFailure, exhausted } from './errors.ts';
import { Lease, type Opened } from './lease.ts';
import { createSlots } from './slots.ts';

export interface PoolSettings {
  readonly max: number;
  /** All in milliseconds. */
  readonly connectTimeout: number;
  readonly acquireTimeout: number;
  readonly idleTimeout: number;
  readonly statementTimeout: number;
  readonly applicationName: string;
}

export interface Pool {
  /** @throws KeelsonError `DATABASE_UNAVAILABLE`, `SECRET_UNAVAILABLE` */
  connect(): Promise<Lease>;
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<pg.QueryResult<Row>>;
  end(): Promise<void>;
}

const endMillis = 5_000;

/**
 * A pool that holds no connection while nothing happens, refuses quickly what it cannot serve, survives a restart of the
 * server, and rejects with errors that a client may be answered with.
 */
export function createPool(source: ConnectionSource, settings: PoolSettings, log: Log): Pool {
  const pool = openPool(source, settings, log);
  const slots = createSlots(settings.max, settings.acquireTimeout);
  const used = new WeakSet<pg.PoolClient>();
  let ending: Promise<void> | undefined;

  const open = async (): Promise<Opened> => {
    try {
      await source.prepare();
      const client = await pool.connect();
      const reused = used.has(client);
      used.add(client);
      return { client, reused };
    } catch (error) {
      throw connectFailure(error);
    }
  };

  /** When one idle connection is dead, the others are most likely too: they are let go until a new one is opened. */
  const reopen = async (): Promise<pg.PoolClient> => {
    for (;;) {
      const { client, reused } = await open();
      if (!reused) return client;
      client.release(true);
    }
  };

  const connect = async () => {
    if (!(await slots.take())) throw exhausted(settings.max);
    try {
      return new Lease(await open(), reopen, slots.give);
    } catch (error) {
      slots.give();
      throw error;
    }
  };

  return {
    connect,
    query: async (text, values) => {
      const lease = await connect();
      try {
        return await lease.query(text, values);
      } finally {
        lease.release();
      }
    },
    // A connection that is never given back must not hold up the end of the process.
    end: () => (ending ??= Promise.race([pool.end(), delay(endMillis, undefined, { ref: false })])),
  };
}

function openPool(source: ConnectionSource, settings: PoolSettings, log: Log): pg.Pool {
  const pool = new pg.Pool({
    Client: createClientClass(source, settings),
    min: 0,
    max: settings.max,
    idleTimeoutMillis: settings.idleTimeout,
    connectionTimeoutMillis: settings.connectTimeout,
    allowExitOnIdle: true,
  });
  // Without a listener an idle connection's end would end the process; with a query under way the query rejects as well.
  pool.on('error', ({ message }) => log.warn({ reason: message }, 'An idle database connection was lost'));
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
