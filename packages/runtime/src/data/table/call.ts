import type { Connection } from './client.ts';
import { failure } from './errors.ts';
import { withRetries } from './retry.ts';

export interface CallRules {
  /** Whether the request may be sent twice when its answer was lost. @default true */
  readonly repeatable?: boolean;
  /** Other errors worth another attempt. */
  readonly again?: (error: unknown) => boolean;
  /** Errors that the caller understands; passed on as they are. */
  readonly expected?: (error: unknown) => boolean;
}

type Send<Output> = (client: Connection['once'], options: { abortSignal: AbortSignal }) => Promise<Output>;

/** Sends one command to the table, with retries, within 4 s. */
export type Call = <Output>(send: Send<Output>, rules?: CallRules) => Promise<Output>;

/** Milliseconds after which a caller is told that the table is away, however many attempts were made. */
const patience = 4_000;

/** @param table name for errors */
export function createCall(connection: Connection, table: string): Call {
  return async (send, { repeatable = true, again, expected } = {}) => {
    // Not AbortSignal.timeout: that one keeps the request for as long as it runs, and fires when all is long done.
    const controller = new AbortController();
    const { signal } = controller;
    const timer = setTimeout(() => controller.abort(new DOMException('no answer in time', 'TimeoutError')), patience);
    connection.dropStale();
    try {
      return await withRetries(() => send(connection.once, { abortSignal: signal }), {
        signal,
        repeatable,
        ...(again && { again }),
        before: (trouble) => trouble === 'lost' && connection.dropIdle(),
      });
    } catch (error) {
      throw expected?.(error) ? error : failure(error, table);
    } finally {
      clearTimeout(timer);
    }
  };
}
