import { createLogger, redactFields } from '@keelson/runtime/log';
import { KeelsonError } from '@keelson/runtime';
import { describe, expect, it } from 'vitest';

function capture() {
  const lines: string[] = [];
  const log = createLogger({ service: 'api', environment: 'test' }, { write: (line: string) => void lines.push(line) });
  return { log, last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown>, all: () => lines.join('') };
}

describe('a log line', () => {
  it('is JSON with level as text, ISO time, service and environment', () => {
    const { log, last } = capture();
    log.info({ count: 1 }, 'hello');
    expect(last()).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      service: 'api',
      environment: 'test',
      count: 1,
      msg: 'hello',
    });
  });

  it('security 50: has no secret in any field, at any depth, or in text', () => {
    const { log, all } = capture();
    const secret = 'hunter2-abcdef';
    log.info({
      authorization: secret,
      headers: { Cookie: secret, 'set-cookie': [secret] },
      body: [{ newPassword: secret, client_secret: secret }],
    });
    log.info({
      query: { code: secret, state: secret },
      tokens: { access: secret },
      idToken: secret,
      DATABASE_URL: secret,
    });
    log.info({}, `GET /cb?code=${secret}&x=1 Authorization: Bearer ${secret} postgres://user:${secret}@db/app`);
    log.child({ refreshToken: secret }).warn('child');
    log.error(
      new Error(`connect postgres://user:${secret}@db failed`, { cause: new Error(`token=x&client_secret=${secret}`) }),
    );
    expect(all()).not.toContain(secret);
    expect(all()).toContain('x=1');
  });

  it('keeps error codes, hints and causes, and no other property of an error', () => {
    const { log, last } = capture();
    const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', config: { password: 'hunter2' } });
    log.error(
      { err: new KeelsonError('DATABASE_UNAVAILABLE', { hint: 'Start it.', cause }), code: 'NOT_FOUND' },
      'failed',
    );
    expect(last()).toMatchObject({
      code: 'NOT_FOUND',
      err: {
        type: 'KeelsonError',
        code: 'DATABASE_UNAVAILABLE',
        hint: 'Start it.',
        cause: { message: 'refused', code: 'ECONNREFUSED' },
      },
    });
    expect(JSON.stringify(last())).not.toContain('hunter2');
  });

  it('does not copy or change what has no secret', () => {
    const fields = { a: { b: [1, 'two'] } };
    expect(redactFields(fields)).toBe(fields);
    const secret = { a: { password: 'x' } };
    redactFields(secret);
    expect(secret.a.password).toBe('x');
  });
});
