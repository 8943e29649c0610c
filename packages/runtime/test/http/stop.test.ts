import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openSocket, readAnswer, readAll } from './fixtures/raw.ts';
import { forkService, startService } from './fixtures/process.ts';

const get = (path: string) => `GET ${path} HTTP/1.1\r\nhost: localhost\r\n\r\n`;

describe.concurrent('stopping', () => {
  it('fault 1: SIGTERM in mid-request: the request ends 200, the process 0, and idle connections do not delay it', async () => {
    const service = await startService();
    const idle = await openSocket(service.port);
    idle.write(get('/hello'));
    await readAnswer(idle);
    await openSocket(service.port);

    const busy = await openSocket(service.port);
    const inFlight = service.inFlight();
    busy.write(get('/slow'));
    await inFlight;
    const answer = readAll(busy);
    const started = Date.now();
    service.child.kill('SIGTERM');
    expect(await answer).toMatch(/^HTTP\/1\.1 200 OK[^]*connection: close[^]*done$/i);
    expect(await service.exit()).toBe(0);
    expect(Date.now() - started).toBeLessThan(20_000);
  });

  it('fault 2: readiness fails first, and requests of the grace are served', async ({ expect }) => {
    // Long enough for what follows on a busy machine.
    const grace = 8_000;
    const service = await startService({ TEST_GRACE: String(grace) });
    const open = await openSocket(service.port);
    open.write(get('/ready'));
    expect(await readAnswer(open)).toContain('200 OK');
    service.child.kill('SIGTERM');
    const ready = async () => (await fetch(`http://127.0.0.1:${service.port}/ready`)).status;
    await expect.poll(ready, { timeout: grace }).toBe(503);
    // A connection that was open before: its next request is answered, and the connection then closed.
    const rest = readAll(open);
    open.write(get('/hello'));
    expect(await rest).toMatch(/^HTTP\/1\.1 200 OK[^]*connection: close/i);
    expect((await fetch(`http://127.0.0.1:${service.port}/health`)).status).toBe(200);
    expect(await service.exit()).toBe(0);
  });

  it('a boot that waits can be stopped', async () => {
    const child = forkService({}, fileURLToPath(new URL('./fixtures/stuck.ts', import.meta.url)));
    await once(child, 'message');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('a failure outside a request is logged and ends the process with 1', async () => {
    const service = await startService();
    const output = service.output;
    await fetch(`http://127.0.0.1:${service.port}/stray`);
    expect(await service.exit()).toBe(1);
    expect(output()).toContain('a stray rejection');
  });

  it('stops when the parent process is gone', async () => {
    const service = await startService();
    service.child.disconnect();
    expect(await service.exit()).toBe(0);
  });
});
