import { afterAll, afterEach, beforeAll } from 'vitest';
import type { AccountsOptions } from '@keelson/runtime/accounts';
import { startServer, type TestServer } from '../data/database.ts';
import { startAccounts, type TestAccounts } from './service.ts';

export interface Harness {
  /** A service on an empty database of its own, ended after the test. */
  start(options?: Partial<AccountsOptions>, env?: Record<string, string>): Promise<TestAccounts>;
  /** Ends it after the test. */
  track(service: TestAccounts): TestAccounts;
  readonly server: () => TestServer;
}

/** One database server for the tests of a file. */
export function harness(): Harness {
  let server: TestServer;
  const started: TestAccounts[] = [];
  beforeAll(async () => {
    server = await startServer();
  });
  afterEach(async () => {
    for (const service of started.splice(0).toReversed()) await service.close();
  });
  afterAll(() => server.remove());
  const track = (service: TestAccounts) => {
    started.push(service);
    return service;
  };
  return {
    start: async (options, env) => track(await startAccounts(server, options, env)),
    track,
    server: () => server,
  };
}
