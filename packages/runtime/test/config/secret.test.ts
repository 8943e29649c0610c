import { inspect } from 'node:util';
import { createService, currentBoot, type Secret, secretVariable } from '@keelson/runtime';
import { createBootScope } from '@keelson/runtime/config';
import Type from 'typebox';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeAws, startFakeAws } from './aws.ts';

const arn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:shows/session-AbCdEf';
const key = 'k'.repeat(32);
const older = 'o'.repeat(32);
let aws: FakeAws;
/** Ends the wait for something that never comes. */
const patience = { timeout: 30_000 };
const closers: (() => Promise<void>)[] = [];

beforeEach(async () => {
  aws = await startFakeAws();
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
});
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  for (const close of closers.splice(0)) await close();
  await aws.close();
});

async function boot(reference: string, minLength = 32): Promise<{ secret: Secret; logged: string[] }> {
  const logged: string[] = [];
  const write = (_fields: object, message = '') => void logged.push(message);
  const env = { SESSION_KEYS_SECRET_ARN: reference, AWS_ENDPOINT_URL_SECRETS_MANAGER: aws.url };
  const scope = createBootScope(env, { debug: write, info: write, warn: write, error: write });
  const secret = secretVariable(scope, 'SESSION_KEYS', { minLength });
  expect(scope.problems).toEqual([]);
  closers.push(...scope.closers);
  for (const start of scope.starters) await start();
  return { secret, logged };
}

describe('a secret', () => {
  it('comes from its variable and shows itself nowhere', () => {
    const secret = secretVariable(createBootScope({ SESSION_KEYS: key }), 'SESSION_KEYS');
    expect(secret.value()).toBe(key);
    expect(`${String(secret)} ${JSON.stringify({ secret })} ${inspect(secret)}`).not.toContain(key);
  });

  it('comes from Secrets Manager, with the value before it', async () => {
    aws.secret.AWSCURRENT = key;
    aws.secret.AWSPREVIOUS = older;
    const { secret } = await boot(arn);
    expect(secret.value()).toBe(key);
    expect(secret.values()).toEqual([key, older]);
  });

  it('is one key of a JSON document, in the form of ECS', async () => {
    aws.secret.AWSCURRENT = JSON.stringify({ url: key, other: 'x' });
    expect((await boot(`${arn}:url::`)).secret.value()).toBe(key);
  });

  it.each(['', ':url', ':url:', ':url::', ':url:AWSCURRENT', ':url:AWSCURRENT:', ':::'])(
    'may be named with %j behind its ARN',
    async (rest) => {
      aws.secret.AWSCURRENT = JSON.stringify({ url: key });
      expect((await boot(`${arn}${rest}`)).secret.value()).toContain(key);
    },
  );

  it.each([':url:AWSPREVIOUS:', ':url:AWSPENDING:', ':url::0123-4567', '::AWSPREVIOUS:', ':url:::'])(
    'is refused with %j: another version than that in use would be read in silence',
    (rest) => {
      const scope = createBootScope({ OTHER_SECRET_ARN: `${arn}${rest}` });
      secretVariable(scope, 'OTHER');
      expect(scope.problems).toEqual([
        expect.objectContaining({
          path: 'OTHER_SECRET_ARN',
          message: expect.stringContaining('names a version'),
          hint: expect.stringContaining('AWSCURRENT'),
        }),
      ]);
    },
  );

  it.each([['UNSET'], [undefined]])('that is %s boots, and says how to set it when it is needed', async (value) => {
    if (value !== undefined) aws.secret.AWSCURRENT = value;
    const { secret } = await boot(arn);
    expect(() => secret.value()).toThrow(
      expect.objectContaining({
        code: 'SECRET_UNAVAILABLE',
        statusCode: 503,
        hint: expect.stringContaining('keelson secret set'),
      }),
    );
    expect(secret.values()).toEqual([]);
  });

  it('fault 12: is refreshed every 5 minutes; old values stay accepted, a failed fetch keeps the last', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    aws.secret.AWSCURRENT = older;
    const { secret, logged } = await boot(arn);
    aws.secret.AWSCURRENT = key;
    const refreshed = async () => {
      const { calls } = aws;
      vi.advanceTimersByTime(5 * 60_000);
      vi.useRealTimers();
      await vi.waitFor(() => expect(aws.calls).toBeGreaterThan(calls + 1), patience);
    };
    await refreshed();
    await vi.waitFor(() => expect(secret.values()).toEqual([key, older]), patience);
    expect(logged).toEqual([]);
  });

  it('keeps what it has when Secrets Manager fails', async () => {
    aws.secret.AWSCURRENT = key;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { secret, logged } = await boot(arn);
    aws.down = true;
    vi.advanceTimersByTime(5 * 60_000);
    vi.useRealTimers();
    await vi.waitFor(() => expect(logged.join()).toContain('the last value stays in use'), patience);
    expect(secret.value()).toBe(key);
    expect(logged.join()).not.toContain(key);
  });

  it('names both variables when neither is there, and refuses what is no ARN', () => {
    const scope = createBootScope({ OTHER_SECRET_ARN: 'arn:aws:s3:::bucket' });
    secretVariable(scope, 'SESSION_KEYS');
    secretVariable(scope, 'OTHER');
    secretVariable(scope, 'MAYBE', { optional: true });
    expect(scope.problems.map(({ path }) => path)).toEqual(['SESSION_KEYS', 'OTHER_SECRET_ARN']);
    expect(scope.problems[0]?.hint).toContain('SESSION_KEYS_SECRET_ARN');
  });

  it('that is UNSET leaves /health 200 and makes what needs it 503', async () => {
    aws.secret.AWSCURRENT = 'UNSET';
    const service = createService((app) => {
      const secret = secretVariable(currentBoot(), 'API_KEY');
      const schema = { response: { 200: Type.Object({ length: Type.Integer() }) } };
      app.get('/uses', { auth: 'public', schema }, async () => ({ length: secret.value().length }));
    });
    const env = { API_KEY_SECRET_ARN: arn, AWS_ENDPOINT_URL_SECRETS_MANAGER: aws.url };
    const app = await service.build(env, { logger: false });
    expect((await app.inject('/health')).statusCode).toBe(200);
    const answer = await app.inject('/uses');
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'SECRET_UNAVAILABLE']);
    await app.close();
  });
});
