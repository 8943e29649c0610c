import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Issuer, json, makeKey, startIssuer } from './issuer.ts';
import { audienceEnv, cognitoEnv, startTokenService, type TokenService } from './service.ts';

const keysPath = '/pool/.well-known/jwks.json';
/** Milliseconds that this promise may take on a busy machine. */
const within5s = 10_000;
const day = 24 * 3_600_000;

let issuer: Issuer;
const services: TokenService[] = [];
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  issuer = await startIssuer();
});
afterEach(async () => {
  await Promise.all(services.splice(0).map(({ app }) => app.close()));
  await issuer.stop();
  vi.useRealTimers();
});

async function start(env = cognitoEnv(issuer)): Promise<TokenService> {
  const service = await startTokenService(env);
  services.push(service);
  return service;
}

function later(milliseconds: number): void {
  vi.setSystemTime(Date.now() + milliseconds);
}

const broken = json({ error: 'internal' }, 500);
/** A token that was not seen before, so that no memory of an earlier one answers. */
const status = async (service: TokenService, kid?: string, key = issuer.keys[0]) =>
  (await service.read(await issuer.token({}, kid === undefined ? {} : { kid }, key))).statusCode;

describe('fault 5: key set unreachable', () => {
  it('known keys go on working for a day, then 503, then they come back', async () => {
    const service = await start();
    expect(await status(service)).toBe(200);
    await issuer.down();
    for (const age of [60_000, 11 * 60_000, 3_600_000, 22 * 3_600_000]) {
      later(age);
      expect(await status(service)).toBe(200);
    }
    later(day);
    const answer = await service.read(await issuer.token());
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ code: 'TOKENS_UNAVAILABLE' });
    expect(answer.headers['retry-after']).toBe('5');
    await issuer.up();
    later(61_000);
    expect(await status(service)).toBe(200);
  });

  it('known keys go on working while the server answers 500, rubbish, or a page', async () => {
    const service = await start();
    expect(await status(service)).toBe(200);
    const noneSigns = json({ keys: [{ ...issuer.keys[0]?.publicJwk, use: 'enc' }] });
    const rubbish = [json({ keys: 'none' }), json([]), json({ keys: [] }), noneSigns];
    for (const answer of [broken, ...rubbish, json({}, 404), json({}, 302)]) {
      issuer.answers.set(keysPath, answer);
      later(25 * 60_000);
      expect(await status(service)).toBe(200);
    }
    expect(service.logs.join('')).toContain('"event":"key-set-unavailable"');
  });

  it('an empty key set takes no keys away, whoever makes it be read, and is none to start with', async () => {
    const service = await start();
    expect(await status(service)).toBe(200);
    issuer.answers.set(keysPath, json({ keys: [] }));
    later(31_000);
    expect(await status(service, 'invented', await makeKey())).toBe(503);
    expect(await status(service)).toBe(200);
    const late = await start();
    expect(await status(late)).toBe(503);
    expect((await late.app.inject('/ready')).statusCode).toBe(503);
    issuer.answers.delete(keysPath);
    later(2_000);
    expect(await status(late)).toBe(200);
  });

  it('of keys with one `kid` the one that made the signature counts', async () => {
    const [first] = issuer.keys;
    const second = await makeKey();
    const twins = [second, first].map((key) => ({ ...key?.publicJwk, kid: 'same' }));
    issuer.answers.set(keysPath, json({ keys: twins }));
    const service = await start();
    expect(await status(service, 'same')).toBe(200);
    expect(await status(service, 'same', second)).toBe(200);
    expect(await status(service, 'same', await makeKey())).toBe(401);
    expect((await service.read(await issuer.token({}, { kid: undefined }))).statusCode).toBe(401);
  });

  it('a dead server is not hammered: pauses grow from seconds to a minute', async () => {
    const service = await start();
    expect(await status(service)).toBe(200);
    issuer.answers.set(keysPath, broken);
    later(25 * 60_000);
    const before = issuer.fetches();
    for (let second = 0; second < 300; second++) {
      expect(await status(service)).toBe(200);
      later(1_000);
    }
    // After 0, 2, 6, 14, 30, 62, then every 60 s.
    expect(issuer.fetches() - before).toBeGreaterThanOrEqual(5);
    expect(issuer.fetches() - before).toBeLessThanOrEqual(10);
  });

  it('100 requests at once with old keys are one fetch', async () => {
    const service = await start();
    expect(await status(service)).toBe(200);
    later(11 * 60_000);
    const before = issuer.fetches();
    expect(new Set(await Promise.all(Array.from({ length: 100 }, () => status(service))))).toEqual(new Set([200]));
    // Nobody waited for it: the old keys answered.
    await vi.waitFor(() => expect(issuer.fetches() - before).toBe(1), { timeout: 30_000 });
    expect(await status(service)).toBe(200);
    expect(issuer.fetches() - before).toBe(1);
  });

  it('never loaded → 503 with Retry-After, tried once a second, and 200 as soon as it is there', async () => {
    await issuer.down();
    const service = await start();
    for (const _ of [1, 2, 3]) {
      const answer = await service.read(await issuer.token());
      expect(answer.statusCode).toBe(503);
      expect(answer.json()).toMatchObject({ code: 'TOKENS_UNAVAILABLE' });
      expect(answer.headers['retry-after']).toBe('5');
      expect(answer.body).not.toContain(String(issuer.port));
    }
    expect((await service.app.inject('/health')).statusCode).toBe(200);
    expect((await service.app.inject('/open')).statusCode).toBe(200);
    await issuer.up();
    later(1_001);
    expect(await status(service)).toBe(200);
  });

  it('never loaded, 50 requests at once → 503 each, one fetch', async () => {
    issuer.answers.set(keysPath, broken);
    const service = await start();
    const statuses = await Promise.all(Array.from({ length: 50 }, () => status(service)));
    expect(new Set(statuses)).toEqual(new Set([503]));
    expect(issuer.fetches()).toBe(1);
  });

  it('/ready says so', async () => {
    await issuer.down();
    const service = await start();
    const failing = await service.app.inject('/ready');
    expect(failing.statusCode).toBe(503);
    expect(failing.json()).toMatchObject({ failing: ['tokens'] });
    await issuer.up();
    later(1_001);
    expect((await service.app.inject('/ready')).statusCode).toBe(200);
    // Known keys are enough.
    await issuer.down();
    later(3_600_000);
    expect((await service.app.inject('/ready')).statusCode).toBe(200);
  });

  it('a refused token needs no keys: 401 while the server is away', async () => {
    await issuer.down();
    const service = await start();
    expect((await service.read('x')).statusCode).toBe(401);
    expect((await service.read(await issuer.token({ iss: 'https://other.example' }))).statusCode).toBe(401);
  });

  it('one issuer being away does not touch the tokens of another', async () => {
    const other = await startIssuer();
    const service = await start(cognitoEnv(issuer, other));
    await other.down();
    later(11 * 60_000);
    expect(await status(service)).toBe(200);
    await other.stop();
  });

  it('a server that hangs → 503 within 5 s when nothing is known, and no wait at all when keys are', async () => {
    const known = await start();
    expect(await status(known)).toBe(200);
    issuer.answers.set(keysPath, () => {});
    later(11 * 60_000);
    expect(await status(known)).toBe(200);
    const service = await start();
    const began = performance.now();
    expect(await status(service)).toBe(503);
    expect(performance.now() - began).toBeLessThan(within5s);
  });

  it('a server that trickles → 503 within 5 s', async () => {
    issuer.answers.set(keysPath, (response) => {
      const timer = setInterval(() => response.write(' '), 200);
      response.on('close', () => clearInterval(timer));
    });
    const service = await start();
    const began = performance.now();
    expect(await status(service)).toBe(503);
    expect(performance.now() - began).toBeLessThan(within5s);
  });
});

describe('fault 6: key rotation', () => {
  it('the new key is taken at once, the old one is refused when it left the set', async () => {
    const service = await start();
    const old = issuer.keys[0]!;
    expect(await status(service)).toBe(200);
    const next = await makeKey();
    issuer.keys = [next, old];
    expect(await status(service, undefined, next)).toBe(200);
    expect(await status(service, undefined, old)).toBe(200);
    issuer.keys = [next];
    later(21 * 60_000);
    expect(await status(service, undefined, old)).toBe(401);
    expect(await status(service, undefined, next)).toBe(200);
  });

  it('50 requests at once with the new key are one fetch, and all are let in', async () => {
    const service = await start();
    expect(await status(service)).toBe(200);
    issuer.keys = [await makeKey()];
    const before = issuer.fetches();
    expect(new Set(await Promise.all(Array.from({ length: 50 }, () => status(service))))).toEqual(new Set([200]));
    expect(issuer.fetches() - before).toBe(1);
  });

  it('a flood of unknown kid makes at most one fetch per 30 s, and known keys go on working', async () => {
    const service = await start();
    const stranger = await makeKey();
    expect(await status(service)).toBe(200);
    const flood = async () => {
      const before = issuer.fetches();
      for (const together of [1, 20, 5]) {
        const tries = Array.from({ length: together }, () => status(service, crypto.randomUUID(), stranger));
        expect(new Set(await Promise.all(tries))).toEqual(new Set([401]));
        expect(await status(service)).toBe(200);
      }
      return issuer.fetches() - before;
    };
    expect(await flood()).toBe(1);
    later(29_000);
    expect(await flood()).toBe(0);
    later(2_000);
    expect(await flood()).toBe(1);
  });

  it('after a flood the new key is taken within 30 s', async () => {
    const service = await start();
    const stranger = await makeKey();
    expect(await status(service, 'unknown', stranger)).toBe(401);
    issuer.keys = [await makeKey()];
    expect(await status(service)).toBe(401);
    later(30_000);
    expect(await status(service)).toBe(200);
  });

  it('an unknown kid while the server is away → 503: it may be the new key', async () => {
    const service = await start();
    expect(await status(service)).toBe(200);
    await issuer.down();
    issuer.keys = [await makeKey(), ...issuer.keys];
    expect(await status(service)).toBe(503);
    expect(await status(service)).toBe(503);
    expect(await status(service, undefined, issuer.keys[1])).toBe(200);
    await issuer.up();
    later(30_000);
    expect(await status(service)).toBe(200);
  });
});

describe('where the keys are', () => {
  it("Cognito's place first, discovery when there is nothing", async () => {
    const discovered = await startIssuer({ place: 'discovery' });
    const service = await start(cognitoEnv(issuer, discovered));
    expect((await service.read(await discovered.token())).statusCode).toBe(200);
    expect(await status(service)).toBe(200);
    expect(issuer.requests).toEqual([keysPath]);
    expect(discovered.requests).toEqual([keysPath, '/pool/.well-known/openid-configuration', '/keys']);
    await discovered.stop();
  });

  it('discovery first where tokens name an audience', async () => {
    const service = await start(audienceEnv(issuer));
    const token = await issuer.token({ token_use: undefined, aud: 'https://shows.example', scope: 'shows.read' });
    expect((await service.read(token)).statusCode).toBe(200);
    expect(issuer.requests).toEqual(['/pool/.well-known/openid-configuration', keysPath]);
  });

  it('security 30: a discovery document of another issuer is not believed', async () => {
    const other = await startIssuer();
    issuer.answers.set(keysPath, json({}, 404));
    for (const named of [other.issuer, `${issuer.issuer}/`, undefined]) {
      const document = { issuer: named, jwks_uri: `${other.origin}${keysPath}` };
      issuer.answers.set('/pool/.well-known/openid-configuration', json(document));
      const service = await start();
      expect(await status(service, undefined, other.keys[0])).toBe(503);
    }
    expect(other.requests).toEqual([]);
    await other.stop();
  });

  it.each([undefined, 1, 'keys', 'file:///etc/passwd', 'http://192.0.2.1/keys', 'data:application/json,{"keys":[]}'])(
    'a jwks_uri of %s → 503',
    async (address) => {
      issuer.answers.set(keysPath, json({}, 404));
      issuer.answers.set('/pool/.well-known/openid-configuration', json({ issuer: issuer.issuer, jwks_uri: address }));
      expect(await status(await start())).toBe(503);
    },
  );

  it('redirects are not followed', async () => {
    const asked: string[] = [];
    const elsewhere = createServer((request, response) => {
      asked.push(String(request.url));
      json({ keys: issuer.keys.map(({ publicJwk }) => publicJwk) })(response);
    });
    elsewhere.listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    const location = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
    issuer.answers.set(keysPath, (response) => void response.writeHead(302, { location }).end());
    expect(await status(await start())).toBe(503);
    expect(asked).toEqual([]);
    elsewhere.close();
    await once(elsewhere, 'close');
  });

  it('an endless answer is not read to its end', async () => {
    let sent = 0;
    issuer.answers.set(keysPath, (response) => {
      const chunk = Buffer.alloc(256 * 1_024, 32);
      const more = () => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length;
        sent += chunk.length;
      };
      response.on('drain', more);
      more();
    });
    expect(await status(await start())).toBe(503);
    expect(sent).toBeLessThan(64 * 1_024 * 1_024);
  });
});
