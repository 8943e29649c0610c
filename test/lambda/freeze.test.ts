import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { call } from '../support/http.ts';
import { type Bundle, bundleOf, type Chain, type ChainOptions, startChain } from './chain.ts';

let bundle: Bundle;
const chains: Chain[] = [];
beforeAll(async () => {
  bundle = await bundleOf(fileURLToPath(new URL('./app', import.meta.url)));
});
afterEach(async () => {
  for (const chain of chains.splice(0)) await chain.stop();
});
afterAll(() => bundle?.remove());

async function start(options: ChainOptions = {}): Promise<Chain> {
  const chain = await startChain(bundle, options);
  chains.push(chain);
  return chain;
}

describe('an environment of Lambda', () => {
  test('is frozen between requests, and answers each one after a thaw', async () => {
    const { url, lambda } = await start();
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all([call(`${url}/health`), call(`${url}/in-flight`)]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      await lambda.frozen();
    }
    expect(lambda.coldStarts).toBe(1);
  });

  test('answers over the connection that the adapter kept, however long it kept it', async () => {
    const { url, lambda } = await start({ idleTimeout: 3_600_000 });
    for (let round = 0; round < 5; round++) expect((await call(`${url}/request`)).status).toBe(200);
    expect(lambda.adapter?.connections).toBe(1);
  });

  test('ends at once when it is told to: nobody calls it any more', async () => {
    const { url, lambda } = await start();
    await call(`${url}/health`);
    await lambda.frozen();
    expect(await lambda.shutDown()).toBe(0);
    expect(lambda.output()).toContain('stopping');
  });

  test('that dies in a request fails that one; the next one gets a new environment', async () => {
    const { url, lambda } = await start();
    expect((await call(`${url}/exit`)).status).toBe(500);
    // Its connection may be gone a moment before word comes that it has ended.
    await expect.poll(() => lambda.child, { timeout: 30_000 }).toBeUndefined();
    expect((await call(`${url}/health`)).status).toBe(200);
    expect(lambda.coldStarts).toBe(2);
  });

  test('whose service cannot start is an error of initialisation, with every reason in the log', async () => {
    const { url, lambda } = await start({
      env: () => ({ PUBLIC_URL: 'nonsense', CLIENT_ADDRESS_HEADER: 'x-real-ip' }),
    });
    const answer = await call(`${url}/health`);
    expect([answer.status, answer.json()]).toEqual([500, { message: 'Internal Server Error' }]);
    expect(lambda.lastFailure).toBe('Runtime.ExitError: Runtime exited with error: exit status 1');
    expect(lambda.output()).toContain('PUBLIC_URL is not a URL.');
    expect(lambda.output()).toContain('CLIENT_ADDRESS_HEADER');
    expect((await call(`${url}/health`)).status).toBe(500);
    expect(lambda.coldStarts).toBe(2);
  });
});
