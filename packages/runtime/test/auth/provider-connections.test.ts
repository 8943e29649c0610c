import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { boundedFetch } from '../../src/auth/keys/bounded-fetch.ts';

const server = createServer((request: IncomingMessage, response) => {
  response.end(request.headers['x-mine']);
});
let connections = 0;
server.on('connection', () => connections++);
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it('fault 16: no connection to a provider outlives its call, so that none can be dead after a thaw', async () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const value of ['1', '2', '3']) {
    const answer = await boundedFetch(url, { headers: { 'x-mine': value }, signal: AbortSignal.timeout(5_000) });
    expect(await answer.text()).toBe(value);
  }
  expect(connections).toBe(3);
});
