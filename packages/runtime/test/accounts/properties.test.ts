import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalizeEmail } from '@keelson/runtime/accounts';
import { KeelsonError } from '@keelson/runtime/errors';
import { call, join, post, signIn, someone } from './client.ts';
import { harness } from './harness.ts';

const { start } = harness();
const unlimited = { max: 1_000_000, window: 60 };
const limits = {
  registerByNetwork: unlimited,
  registerMail: unlimited,
  mailByNetwork: unlimited,
  linkByNetwork: unlimited,
};

const label = fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/);
const plain = fc.tuple(fc.stringMatching(/^[a-z0-9+_-]{1,8}$/), label, label).map(([a, b, c]) => `${a}@${b}.${c}`);
/** The same address as people and programs write it. */
const spelled = (email: string) =>
  fc
    .tuple(fc.array(fc.boolean(), { minLength: email.length, maxLength: email.length }), fc.nat(2), fc.nat(2))
    .map(([upper, before, after]) => {
      const letters = [...email].map((letter, index) => (upper[index] ? letter.toUpperCase() : letter));
      return `${' '.repeat(before)}${letters.join('')}${' '.repeat(after)}`;
    });

test('security 36: emails that are equal under normalisation never make two accounts', async () => {
  const service = await start({ limits });
  let next = 0;
  const twice = plain.chain((email) => fc.tuple(spelled(email), spelled(email)));
  const property = fc.asyncProperty(twice, async ([one, other]) => {
    await service.sql('delete from admins');
    const answers = await Promise.all(
      [one, other].map((email) => post(service, '/auth/register', { ...someone(`n${next++}`), email })),
    );
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect(await service.sql('select count(*)::int as n from admins')).toEqual([{ n: 1 }]);
  });
  await fc.assert(property, { numRuns: 25 });
});

test('security 36: a normalised email is its own normal form, plain ASCII, and one address', () => {
  const near = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string(),
    plain,
    fc.tuple(plain, fc.string()).map((two) => two.join('')),
  );
  const property = fc.property(near, (text) => {
    let normal: string;
    try {
      normal = normalizeEmail(text);
    } catch (error) {
      return error instanceof KeelsonError && error.statusCode === 400;
    }
    expect(normal).toMatch(/^[!-~]{1,254}$/);
    expect(normal.split('@')).toHaveLength(2);
    // Beyond ASCII upper case is no spelling of the same letter: `ß`.
    const upper = text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
    return normalizeEmail(normal) === normal && normalizeEmail(upper) === normal;
  });
  fc.assert(property, { numRuns: 5_000 });
});

test("security 38: no sequence of calls by a non-admin changes or reads another's account", async () => {
  const service = await start({ role: 'user', limits });
  await join(service, { ...someone('ann'), email: 'secret-address@example.com' });
  await service.sql("update admins set role = 'admin'");
  const { access, refresh } = await signIn(service, await join(service, someone('mallory')));
  const state = () => service.sql("select * from admins where email = 'secret-address@example.com'");
  const [ann] = await state();
  const id = String(ann?.['id']);
  const field = fc.oneof(fc.constantFrom('secret-address@example.com', 'ann', id, 'admin', true), fc.string());
  const names = ['email', 'name', 'password', 'current_password', 'token', 'id', 'role', 'active', 'confirmed'];
  const body = fc.dictionary(fc.constantFrom(...names), field);
  const request = fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
    path: fc.constantFrom(
      ...['/auth/admins', `/auth/admins/${id}`, '/auth/invite', '/auth/accept', `/auth/me?id=${id}`, '/auth/register'],
      ...['/auth/confirm', '/auth/reset', '/auth/logout', '/auth/refresh', '/managed', `/auth/me/${id}`],
    ),
    body,
    token: fc.constantFrom(access, refresh, undefined),
  });
  const property = fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 6 }), async (requests) => {
    for (const { method, path, body: sent, token } of requests) {
      // One's own account may be deleted: that would end the experiment.
      if (method === 'DELETE' && path.startsWith('/auth/me')) continue;
      const bearer = token === undefined ? {} : { token };
      const answer = await call(service, method, path, method === 'GET' ? bearer : { ...bearer, body: sent });
      expect(answer.status).not.toBe(500);
      expect(answer.text).not.toContain('secret-address');
    }
    expect(await state()).toEqual([ann]);
  });
  await fc.assert(property, { numRuns: 60 });
});
