import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sqlOn, startServer, type TestServer } from '../../packages/runtime/test/data/database.ts';
import { freePort } from '../support/free-port.ts';
import { adaToken, endServices, migrateUsers, startUsers, tokenOf, type UsersService, waitingLink } from './service.ts';
import { ada } from './story.ts';

let server: TestServer;
let databaseUrl: string;
let service: UsersService;
let admin: string;

beforeAll(async () => {
  server = await startServer();
  databaseUrl = await server.emptyDatabase();
  await migrateUsers(databaseUrl);
  service = await startUsers({
    databaseUrl,
    mailUrl: `smtp://127.0.0.1:${await freePort()}`,
    env: { ACCOUNT_REGISTRATION: 'open' },
  });
  admin = await adaToken(service, databaseUrl);
});
afterAll(async () => {
  await endServices();
  await server?.remove();
});

const sql = (text: string, values?: unknown[]) => sqlOn(databaseUrl, text, values);

/** Somebody with an account, a password and a token, who administers nothing. */
const eve = { email: 'eve@example.org', name: 'Eve', password: 'nothing to see here' };

async function makeEve(): Promise<{ token: string; refresh: string; id: string }> {
  await service.call('POST', '/auth/register', { body: eve });
  await service.call('POST', '/auth/confirm', { body: { token: await waitingLink(databaseUrl) } });
  await sql("update admins set role = 'member' where email = $1", [eve.email]);
  const { json } = await service.call('POST', '/auth/login', { body: { email: eve.email, password: eve.password } });
  const { json: me } = await service.call('GET', '/auth/me', { token: String(json['access_token']) });
  return { token: String(json['access_token']), refresh: String(json['refresh_token']), id: String(me['id']) };
}

test('security 38: no sequence of calls by someone who is no administrator changes or reads another’s data', async () => {
  for (const name of ['one', 'two', 'three']) {
    await service.call('POST', '/user', { token: admin, body: { email: `${name}@hidden.example` } });
  }
  const known = await sql('select id from users order by id');
  const { token, refresh, id } = await makeEve();
  const [other] = await sql('select id from admins where email = $1', [ada.email]);
  const everything = async () => [
    await sql('select * from users order by id'),
    await sql('select * from admins where id <> $1 order by id', [id]),
  ];
  const before = await everything();

  const ids = fc.constantFrom<unknown>(...known.map((user) => user['id']), id, other?.['id'], '0', '-1', 'x');
  const path = fc.oneof(
    fc.constantFrom(
      '/users',
      '/users?limit=100',
      '/users?search=hidden',
      '/user',
      '/auth/admins',
      '/auth/me',
      '/auth/invite',
    ),
    ids.map((each) => `/user?id=${String(each)}`),
    ids.map((each) => `/users/${String(each)}`),
    ids.map((each) => `/auth/admins/${String(each)}`),
  );
  const email = fc.constantFrom('one@hidden.example', ada.email, 'new@example.net');
  const body = fc.record(
    {
      id: ids,
      email,
      active: fc.boolean(),
      role: fc.constant('admin'),
      roles: fc.constant(['admin']),
      name: fc.constantFrom(ada.name, 'Mallory'),
      current_password: fc.constantFrom(eve.password, 'wrong'),
    },
    { requiredKeys: [] },
  );
  const credential = fc.constantFrom(token, refresh, 'nonsense', undefined, `${token}x`, unsigned(token, id));
  const call = fc.record({ method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'), path, body, credential });
  // She may delete herself, which would end the test early.
  const calls = fc.array(
    call.filter((each) => !(each.method === 'DELETE' && each.path === '/auth/me')),
    { maxLength: 8 },
  );

  await fc.assert(
    fc.asyncProperty(calls, async (sequence) => {
      for (const each of sequence) {
        const options = {
          ...(each.credential !== undefined && { token: each.credential }),
          ...(each.method !== 'GET' && { body: each.body }),
        };
        const answer = await service.call(each.method, each.path, options);
        expect(answer.status).toBeLessThan(500);
        if (each.path !== '/auth/me') expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(answer.text).not.toMatch(/hidden\.example|Ada Lovelace|ada@example\.com/);
      }
      expect(await everything()).toEqual(before);
    }),
    { numRuns: 60 },
  );
});

/** The same claims, the role of an administrator, and nobody's signature. */
function unsigned(token: string, sub: string): string {
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as object;
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none', typ: 'at+jwt' })}.${part({ ...claims, sub, roles: ['admin'] })}.`;
}

/** Spellings of one address: case, spaces around it, and the domain in Unicode or ASCII. */
const spellings = fc
  .record({
    local: fc.stringMatching(/^[a-z0-9]{1,8}([.+_-][a-z0-9]{1,8})?$/),
    domain: fc.constantFrom(
      ['bücher.example', 'xn--bcher-kva.example'],
      ['例え.example', 'xn--r8jz45g.example'],
      ['a.example'],
    ),
    forms: fc.array(fc.record({ upper: fc.boolean(), ascii: fc.boolean(), left: fc.nat(2), right: fc.nat(2) }), {
      minLength: 2,
      maxLength: 5,
    }),
  })
  .map(({ local, domain, forms }) =>
    forms.map(({ upper, ascii, left, right }) => {
      const address = `${local}@${(ascii ? domain.at(-1) : domain[0]) ?? ''}`;
      return `${' '.repeat(left)}${upper ? address.toUpperCase() : address}${' '.repeat(right)}`;
    }),
  );

test('security 36: addresses equal under normalisation never make two users, also when they come at once', async () => {
  await fc.assert(
    fc.asyncProperty(spellings, async (emails) => {
      const answers = await Promise.all(
        emails.map((email) => service.call('POST', '/user', { token: admin, body: { email } })),
      );
      const made = answers.filter(({ status }) => status === 201);
      const refused = answers.filter(({ status }) => status === 409);
      // A spelling of an earlier run may have been there already.
      expect([made.length <= 1, made.length + refused.length]).toEqual([true, emails.length]);
    }),
    { numRuns: 40 },
  );
  const rows = await sql('select email, count(*)::int as n from users group by email having count(*) > 1');
  expect(rows).toEqual([]);
  const spelled = await sql('select email from users');
  expect(new Set(spelled.map(({ email }) => String(email).toLowerCase().trim())).size).toBe(spelled.length);
});

test('security 36: addresses equal under normalisation never make two accounts', async () => {
  await fc.assert(
    fc.asyncProperty(spellings, async (emails) => {
      const before = (await sql('select count(*)::int as n from admins'))[0]?.['n'] as number;
      const answers = await Promise.all(
        emails.map((email) => service.call('POST', '/auth/invite', { token: admin, body: { email } })),
      );
      expect(answers.map(({ status }) => status)).toEqual(emails.map(() => 202));
      expect(new Set(answers.map(({ json }) => json['id'])).size).toBe(1);
      const after = (await sql('select count(*)::int as n from admins'))[0]?.['n'] as number;
      expect(after - before).toBeLessThanOrEqual(1);
    }),
    { numRuns: 20 },
  );
});

test('security 40: an administrator who was disabled changes nothing with a token that still lives', async () => {
  const grace = { email: 'grace@example.net', name: 'Grace', password: 'nanoseconds of wire' };
  await service.call('POST', '/auth/register', { body: grace });
  await service.call('POST', '/auth/confirm', { body: { token: await waitingLink(databaseUrl) } });
  const token = await tokenOf(service, grace);
  const [row] = await sql('select id from admins where email = $1', [grace.email]);
  const body = { active: false };
  expect((await service.call('PUT', `/auth/admins/${String(row?.['id'])}`, { token: admin, body })).status).toBe(200);
  const [user] = await sql('select id from users limit 1');
  const one = `/users/${String(user?.['id'])}`;
  for (const [method, path] of [
    ['POST', '/user'],
    ['PUT', one],
    ['DELETE', one],
  ] as const) {
    expect((await service.call(method, path, { token, body: { email: 'new@example.net' } })).status, path).toBe(401);
  }
});

test('security 43, 52: lists hold no more than 100, and who changed what is written down', async () => {
  await sql("insert into users (email) select 'many-' || n || '@example.com' from generate_series(1, 250) n");
  const { json } = await service.call('GET', '/users?limit=100', { token: admin });
  expect([(json['users'] as unknown[]).length, typeof json['cursor']]).toEqual([100, 'string']);
  for (const limit of ['101', '1e9', '-1']) {
    expect((await service.call('GET', `/users?limit=${limit}`, { token: admin })).status).toBe(400);
  }

  const { json: user } = await service.call('POST', '/user', { token: admin, body: { email: 'audited@example.com' } });
  await service.call('PUT', `/user?id=${String(user['id'])}`, { token: admin, body: { active: false } });
  await service.call('DELETE', `/user?id=${String(user['id'])}`, { token: admin });
  const trail = await sql('select event, actor_id, address from audit where subject_id = $1 order by id', [
    String(user['id']),
  ]);
  const [actor] = await sql('select id from admins where email = $1', [ada.email]);
  expect(trail).toEqual(
    ['user-created', 'user-changed', 'user-deleted'].map((event) => ({
      event,
      actor_id: actor?.['id'],
      address: '127.0.0.1',
    })),
  );
});
