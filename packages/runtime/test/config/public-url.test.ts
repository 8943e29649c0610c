import { createBootScope, publicUrl } from '@keelson/runtime/config';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startFakeAws } from './aws.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

function read(env: Record<string, string>) {
  const scope = createBootScope(env);
  const accessor = publicUrl(scope);
  return { accessor, problems: scope.problems.map(({ path }) => path), scope };
}

describe('PUBLIC_URL', () => {
  it.each([
    ['https://app.example.com', { NODE_ENV: 'production' }],
    ['http://localhost:8000', {}],
    ['http://127.0.0.1:8000/', {}],
    ['http://localhost:8000', { NODE_ENV: 'production', KEELSON_ENVIRONMENT: 'local' }],
    ['http://sso-dev-1.eu-central-1.elb.amazonaws.com', { NODE_ENV: 'production', PUBLIC_URL_INSECURE: '1' }],
  ])('%s with %o is taken', (PUBLIC_URL, env) => {
    const { accessor, problems } = read({ ...env, PUBLIC_URL });
    expect(problems).toEqual([]);
    expect(accessor.value().origin).toBe(new URL(PUBLIC_URL).origin);
  });

  it.each([
    ['app.example.com', {}],
    ['http://app.example.com', {}],
    ['http://app.example.com', { PUBLIC_URL_INSECURE: 'yes' }],
    ['ftp://app.example.com', { PUBLIC_URL_INSECURE: '1' }],
    ['http://localhost:8000', { NODE_ENV: 'production' }],
    ['https://app.example.com/path', {}],
    ['https://app.example.com/?a=b', {}],
    ['https://user:password@app.example.com', {}],
    ['javascript:alert(1)', {}],
    ['', { NODE_ENV: 'production' }],
  ])('%s with %o is refused', (PUBLIC_URL, env) => {
    expect(read({ ...env, PUBLIC_URL }).problems).toEqual(['PUBLIC_URL']);
  });

  it('is localhost and the port when absent in development', () => {
    expect(read({ PORT: '8123' }).accessor.value().href).toBe('http://localhost:8123/');
  });
});

describe('PUBLIC_URL_PARAMETER', () => {
  it('is read until it is there; until then login answers 503', async () => {
    const aws = await startFakeAws();
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const env = {
      NODE_ENV: 'production',
      PUBLIC_URL_PARAMETER: '/shows/dev/api/url',
      AWS_REGION: 'eu-central-1',
      AWS_ENDPOINT_URL_SSM: aws.url,
    };
    const { accessor, scope, problems } = read(env);
    expect(problems).toEqual([]);
    for (const start of scope.starters) await start();
    expect(accessor.peek()).toBeUndefined();
    expect(() => accessor.value()).toThrow(expect.objectContaining({ code: 'LOGIN_UNAVAILABLE', statusCode: 503 }));

    aws.parameter = 'https://api.example.com';
    vi.advanceTimersByTime(5_000);
    vi.useRealTimers();
    await vi.waitFor(() => expect(accessor.value().href).toBe('https://api.example.com/'), { timeout: 30_000 });
    for (const close of scope.closers) await close();
    await aws.close();
  });
});
