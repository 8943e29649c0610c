import type pg from 'pg';
import { isConnectionLoss, queryFailure } from './errors.ts';

export interface Opened {
  readonly client: pg.PoolClient;
  /** The connection was used before and lay idle since. */
  readonly reused: boolean;
}

/** A statement that may be sent again when its answer never came. */
const repeatable = /^\s*(select\b(?!.*\bfor\s+(no\s+key\s+)?(update|share|key))|begin\b|start\s+transaction\b)/is;

/**
 * A connection lent to one caller. An idle connection may be dead without anybody having noticed (a thawed Lambda, a
 * restarted server); when its first statement shows that, and may be repeated, it is once, on another connection.
 */
export class Lease {
  #client: pg.PoolClient | undefined;
  #reused: boolean;
  #broken = false;
  readonly #reopen: () => Promise<pg.PoolClient>;
  readonly #released: () => void;

  constructor(opened: Opened, reopen: () => Promise<pg.PoolClient>, released: () => void) {
    this.#client = opened.client;
    this.#reused = opened.reused;
    this.#reopen = reopen;
    this.#released = released;
  }

  async query<Row extends pg.QueryResultRow>(
    text: string,
    values: readonly unknown[] = [],
  ): Promise<pg.QueryResult<Row>> {
    const mayRepeat = this.#reused && repeatable.test(text);
    this.#reused = false;
    try {
      return await this.#send<Row>(text, values);
    } catch (error) {
      if (!mayRepeat || !isConnectionLoss(error)) throw queryFailure(error);
    }
    await this.#replace();
    return this.#send<Row>(text, values).catch((error: unknown) => {
      throw queryFailure(error);
    });
  }

  release(): void {
    this.#client?.release(this.#broken);
    this.#released();
  }

  async #send<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[]): Promise<pg.QueryResult<Row>> {
    if (!this.#client) throw new Error('Connection terminated');
    try {
      return await this.#client.query<Row>(text, [...values]);
    } catch (error) {
      this.#broken ||= isConnectionLoss(error);
      throw error;
    }
  }

  async #replace(): Promise<void> {
    const dead = this.#client;
    this.#client = undefined;
    dead?.release(true);
    this.#client = await this.#reopen();
    this.#broken = false;
  }
}
