import { redactText } from '@keelson/runtime/log';
import { describe, expect, it } from 'vitest';

/** Milliseconds of the quickest of some runs; a busy machine only makes runs slower. */
function quickest(text: string): number {
  const times = Array.from({ length: 3 }, () => {
    const start = performance.now();
    redactText(text);
    return performance.now() - start;
  });
  return Math.min(...times);
}

const fill = (part: string, length: number) => part.repeat(Math.ceil(length / part.length)).slice(0, length);

describe('security 50: text of strangers is redacted in linear time', () => {
  it.each([
    ['/', 'eyJ-'],
    ['/eyJ', 'aaaaaaaa.a.'],
    ['/eyJ', '/a.a.a.'],
    ['/', 'eyJaaaaaaaa.'],
    ['/', 'eyJaaaaaaaa.a.'],
    ['/eyJ', 'a'],
    ['x://@ ', 'a.a.'],
    ['x://@ ', 'a+a-'],
    ['x://@ a://', ':'],
    ['x://@ a://', 'a:'],
    ['x://@ ', 'a://b:'],
    ['x://@ ', '://'],
    ['bearer', ' '],
    ['x=1', ' bearer'],
    ['x=1 Basic', ' basic    '],
    ['?', 'code'],
    ['?', 'code='],
    ['', '?a'],
    ['', '? a=?-'],
    ['', 'eyJ'],
  ])('%j and %j again and again', (start, part) => {
    const small = quickest(start + fill(part, 64 * 1024));
    expect(small).toBeLessThan(150);
    const large = quickest(start + fill(part, 256 * 1024));
    // Four times the text: 4 when linear, 16 when quadratic. Below a few milliseconds there is nothing to compare.
    expect(large / Math.max(small, 4)).toBeLessThan(9);
  });
});

describe('security 50: redaction finds a secret', () => {
  const header = 'eyJhbGciOiJSUzI1NiJ9';
  const jws = `${header}.eyJzdWIiOiJwYXlsb2FkIn0.c2lnbmF0dXJl`;
  const jwe = 'eyJhbGciOiJkaXIifQ..aXYtaXYtaXY.Y2lwaGVydGV4dA.dGFnLXRhZw';
  const secrets = /eyJzdWIi|c2lnbmF0|aXYtaXY|Y2lwaGVy|dGFnLXRh|hunter2/;

  it.each(
    [jws, jwe].flatMap((token) =>
      ['', '-', '_', '.', '..', 'a.b.c.d.', '%3D', '%2Fx', '=', '/', '"', '(', 'token:', 'JWT'].map(
        (before) => `see ${before}${token}`,
      ),
    ),
  )('JWT glued to what is before it: %s', (text) => {
    expect(redactText(text)).not.toMatch(secrets);
    expect(redactText(`${text}, then`)).toMatch(/\[redacted\].*then$/);
    expect(redactText(`${text}-${jws} ${jwe}`)).not.toMatch(secrets);
  });

  it('JWT that was cut off', () => {
    expect(redactText(`/x/${jws.slice(0, 40)}`)).toBe('/x/[redacted]');
  });

  it.each(['', '-', '+', '.', '1', '_', '(', 'x'.repeat(60), 'a-b.c+'])('password of a URL glued to %j', (before) => {
    const clean = redactText(`failed: ${before}postgres://user:hunter2@db:5432/app`);
    expect(clean).toBe(`failed: ${before}postgres://[redacted]@db:5432/app`);
  });

  it('password with an @, or colons', () => {
    expect(redactText('x://u:hun@hunter2@db/app')).toBe('x://[redacted]@db/app');
    expect(redactText('x://u:a:hunter2:b@db/app')).toBe('x://[redacted]@db/app');
    expect(redactText('x://:hunter2@db')).toBe('x://[redacted]@db');
  });

  it('and leaves what is none', () => {
    for (const text of ['eyJ', 'src/eyJ.ts', 'http://a:80/x?y=1', '@fastify/x://a', 'eyJabc.d.e 1.2.3'])
      expect(redactText(text)).toBe(text);
  });
});
