import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanUp, type Dev, dev, makeHello } from '../dev/harness.ts';

const config = `export default {
  name: 'hello', region: 'eu-central-1',
  resources: {
    shows: { kind: 'table', key: { slug: 'string' }, name: 'shows-{env}' },
    'empty-one': { kind: 'table', key: { pk: 'binary', sk: 'number' } },
    people: { kind: 'login', provider: 'auth0' },
  },
  services: { api: { source: 'src/main.ts', compute: 'fargate', uses: ['shows', 'empty-one', 'people'] } },
};
`;
/** Fills its table when it starts, and reads it. */
const service = `import { createService } from '@keelson/runtime';
import { table } from '@keelson/runtime/table';
import Type from 'typebox';
export default createService(async (app) => {
  const shows = table('shows', { key: 'slug' });
  const items = Array.from({ length: 60 }, (_, index) => ({ slug: 'show/' + index, n: index }));
  await shows.createAll(items);
  await shows.put({ slug: '<script>alert(1)</script>', html: '<b>"&', long: 'x'.repeat(500), nested: { list: [1, null, true, 'x'] }, blob: Uint8Array.of(1, 2) });
  const schema = { response: { 200: Type.Object({ slugs: Type.Array(Type.String()) }) } };
  app.get('/', { auth: 'public', schema }, async () => {
    const { items } = await shows.query({ where: { slug: 'show/7' } });
    return { slugs: items.map(({ slug }) => slug) };
  });
});
`;

describe('keelson dev with tables', () => {
  let app: Dev;
  beforeAll(async () => {
    app = await dev(await makeHello({ 'keelson.config.ts': config, 'src/main.ts': service }));
  });
  afterAll(cleanUp);

  const page = async (path: string): Promise<string> => (await fetch(`${app.consoleUrl}${path}`)).text();

  it('gives its service the table', async () => {
    expect(await (await fetch(app.url)).json()).toEqual({ slugs: ['show/7'] });
    expect(await page('/contract')).toContain('<code>shows-local</code>');
  });

  it('lists every table with how much is in it, that of the login too', async () => {
    const text = await page('/tables');
    expect(text).toMatch(/<a class="name" href="\/tables\?table=shows" aria-current="true">shows<\/a>/);
    expect(text).toContain('61 items');
    expect(text).toMatch(/empty-one[\s\S]*hello-local-empty-one[\s\S]*0 items/);
    expect(text).toMatch(/>sessions<[\s\S]*hello-local-sessions/);
    expect(await page('/')).toContain('href="/tables"');
    expect(await page('/')).toMatch(/<a href="\/tables\?table=shows">http:/);
    expect(await page('/tables/nowhere')).toMatch(/no such page[^]*<a href="\/">/);
  });

  it('pages through the items of one, and back to the first', async () => {
    const keys: string[] = [];
    let whole = '';
    let path = '/tables?table=shows';
    for (let pages = 0; pages < 3; pages++) {
      const text = await page(path);
      whole += text;
      keys.push(...[...text.matchAll(/<th scope="row"><code>([^<]*)<\/code>/g)].map(([, key = '']) => key));
      expect(text.includes('First items')).toBe(pages > 0);
      path = /href="([^"]*)">Next items/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    }
    expect(path).toBe('');
    expect(new Set(keys).size).toBe(61);
    expect(whole).not.toMatch(/<script>|<b>/);
    expect(whole).toMatch(/&#34;x{120}…&#34;/);
  });

  it('escapes what is in them', async () => {
    const whole = (
      await Promise.all(['', '&from=eyJzbHVnIjp7IlMiOiJzaG93LzEifX0'].map((from) => page(`/tables?table=shows${from}`)))
    ).join('');
    expect(whole).not.toMatch(/<script>|<b>/);
    expect(await page('/tables?table=<script>')).not.toContain('<script>');
  });

  it('shows an empty table, and no error page for a page that is none', async () => {
    expect(await page('/tables?table=empty-one')).toContain('hello-local-empty-one is empty');
    for (const from of ['x', 'e30', Buffer.from('{"slug":{"N":"1"}}').toString('base64url'), 'null']) {
      const answer = await fetch(`${app.consoleUrl}/tables?table=shows&from=${from}`);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain('cannot be read');
    }
  });

  it('changes nothing', async () => {
    const answer = await fetch(`${app.consoleUrl}/tables`, { method: 'POST', headers: { origin: app.consoleUrl } });
    expect(answer.status).toBe(404);
  });
});
