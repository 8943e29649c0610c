import pg from 'pg';
import type { ConnectionSource } from '../connection/source.ts';
import type { PoolSettings } from './pool.ts';
import { typeParsers } from './types.ts';

/** The server ends a statement at its limit; a server that does not answer at all is given this much longer. */
const graceMillis = 5_000;
const idleInTransactionMillis = 60_000;

/** A class of clients each of which connects with the address and password of its own moment. */
export function createClientClass(source: ConnectionSource, settings: PoolSettings): new () => pg.ClientBase {
  let known: pg.PoolConfig = {};
  // pg makes clients where a throw would end the process; `connect` of the pool has asked the source before.
  const current = () => {
    try {
      known = source.current();
    } catch {}
    return known;
  };
  return class extends pg.Client {
    constructor() {
      super({ ...fixed(settings), ...current() });
    }
  };
}

function fixed({ statementTimeout, connectTimeout, applicationName }: PoolSettings): pg.ClientConfig {
  return {
    types: typeParsers,
    keepAlive: true,
    connectionTimeoutMillis: connectTimeout,
    application_name: applicationName,
    ...(statementTimeout > 0 ? limits(statementTimeout) : {}),
  };
}

function limits(statementTimeout: number): pg.ClientConfig {
  return {
    statement_timeout: statementTimeout,
    query_timeout: statementTimeout + graceMillis,
    idle_in_transaction_session_timeout: idleInTransactionMillis,
  };
}
