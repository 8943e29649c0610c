import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanUp, type Dev, dev, helloService, makeHello, until } from '../dev/harness.ts';

const config = `export default {
  name: 'hello', region: 'eu-central-1',
  resources: { 'stripe-key': { kind: 'secret' }, 'other-key': { kind: 'secret' }, people: { kind: 'login', provider: 'auth0' } },
  services: { api: { source: 'src/main.ts', compute: 'fargate', uses: ['stripe-key', 'other-key', 'people'] } },
};
`;
const secret = 'sk_live_<b>4eC39HqLyjWDarjtT1zdp7dc';

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

describe('the console', () => {
  let app: Dev;
  beforeAll(async () => {
    const files = {
      'keelson.config.ts': config,
      '.env': `STRIPE_KEY='${secret}'\n`,
      'src/main.ts': helloService('<i>'),
    };
    app = await dev(await makeHello(files));
  });
  afterAll(cleanUp);

  /** With headers that fetch does not let one set. */
  function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
    const { port, host } = new URL(app.consoleUrl);
    return new Promise((resolve, reject) => {
      const outgoing = request({ host: '127.0.0.1', port, path, method, headers: { host, ...headers } });
      outgoing.once('error', reject);
      outgoing.once('response', async (incoming) => {
        // This one does not end by itself.
        const isEvents = incoming.headers['content-type']?.startsWith('text/event-stream') === true;
        let body = '';
        for await (const chunk of incoming) {
          body += String(chunk);
          if (isEvents && body.includes('is up at')) break;
        }
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body });
      });
      outgoing.end();
    });
  }

  it('shows what runs where', async () => {
    const { status, body } = await ask('/');
    expect(status).toBe(200);
    expect(body).toContain(app.url);
    expect(body).toContain('Secret STRIPE_KEY');
    expect(body).toMatch(/data-service="api" data-status="ready"/);
  });

  it('leads each person to the login page, chosen there', async () => {
    expect((await ask('/')).body).toContain(`<a href="${app.url}/login?login_hint=ada%40example.com">`);
  });

  it('shows the contract, every secret masked', async () => {
    const pages = await Promise.all(['/', '/contract', '/logs'].map((path) => ask(path)));
    const all = pages.map(({ body }) => body).join('');
    expect(all).toContain('STRIPE_KEY');
    expect(all).toContain('••••••••');
    expect(all).not.toMatch(/4eC39HqLyjWDarjtT1zdp7dc|sk_live/);
    expect(pages[1]?.body).toContain(`<code>${app.url}</code>`);
  });

  it.each(['evil.example', 'evil.example:9000', 'localhost', '127.0.0.1'])(
    'refuses the host %j: a page elsewhere whose name leads here (DNS rebinding)',
    async (host) => {
      for (const path of ['/', '/contract', '/events', '/assets/console.js']) {
        const { status, body } = await ask(path, { host, 'sec-fetch-site': 'same-origin' });
        expect(status).toBeGreaterThanOrEqual(400);
        expect(body).not.toContain('api');
      }
    },
  );

  it('takes a post from its own pages only', async () => {
    const own = app.consoleUrl;
    const post = async (headers: Record<string, string>) =>
      (await ask('/services/api/restart', headers, 'POST')).status;
    expect(await post({})).toBe(403);
    expect(await post({ origin: 'https://evil.example' })).toBe(403);
    expect(await post({ origin: 'null' })).toBe(403);
    expect(await post({ origin: app.url, 'sec-fetch-site': 'same-site' })).toBe(403);
    expect(await post({ origin: own, 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(app.output().match(/api is up at/g)).toHaveLength(1);
    expect(await post({ origin: own, 'sec-fetch-site': 'same-origin' })).toBe(303);
    await until(() => app.output().match(/api is up at/g)?.length === 2);
  });

  it('streams log lines and states to its own pages only', async () => {
    for (const headers of [
      {},
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: app.url },
    ]) {
      expect((await ask('/events', headers as Record<string, string>)).status).toBe(403);
    }
    const { body, headers } = await ask('/events', { 'sec-fetch-site': 'same-origin' });
    expect(headers['content-type']).toContain('text/event-stream');
    expect(body).toMatch(/event: log\ndata: \{.*api is up at/);
  });

  it('runs nothing from elsewhere, is framed by nobody and kept nowhere', async () => {
    for (const path of ['/', '/contract', '/nothing', '/assets/console.js']) {
      const { headers } = await ask(path);
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'; script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['x-content-type-options']).toBe('nosniff');
    }
    expect((await ask('/')).body).not.toMatch(/<script>|<style| style=| on[a-z]+=/);
  });

  it('serves no other file', async () => {
    for (const path of ['/assets/../index.ts', '/assets/%2e%2e/index.ts', '/assets/constructor', '/package.json']) {
      expect((await ask(path)).status).toBe(404);
    }
  });
});
