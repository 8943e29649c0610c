import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { findNginx } from '../../src/local/nginx/machine/find-nginx.ts';
import {
  cleanUp,
  type Dev,
  getJson,
  helloService,
  isAlive,
  keelson,
  makeFolder,
  until,
  writeFiles,
} from '../dev/harness.ts';

afterEach(cleanUp);

const hasNginx = findNginx(process.env) !== undefined;
if (!hasNginx)
  process.stdout.write('SKIPPED: there is no nginx on PATH; what serves the files without one is tested.\n');

const config = `import { defineApp } from '@keelson/contract';
export default defineApp({
  name: 'pages', region: 'eu-central-1',
  services: {
    backend: { source: 'src/main.ts', port: 8000, paths: ['/api/*'], compute: 'fargate' },
    pages: { source: 'pages', server: 'nginx', port: 8080, compute: 'fargate' },
  },
});
`;

const conf = `events {}
http {
  access_log /dev/stdout;
  server {
    listen 8080;
    root /usr/share/nginx/html;
    add_header X-Rule first;
    location = /health { return 200 "ok"; }
    include /etc/nginx/extra/*.conf;
  }
}
`;

const makePages = () =>
  makeFolder({
    'keelson.config.ts': config,
    'src/main.ts': helloService('api').replace("app.get('/'", "app.get('/api/'"),
    'pages/nginx.conf': conf,
    'pages/public/index.html': 'first page',
  });

interface Pages extends Omit<Dev, 'consoleUrl'> {
  readonly backendUrl: string;
}

async function start(folder: string, env: Record<string, string>): Promise<Pages> {
  const run = keelson(folder, ['dev', '--port', '0', '--console-port', '0'], env);
  await run.printed(/ready in/);
  const [, url = ''] = await run.printed(/pages +(http:\S+)/);
  const [, backendUrl = ''] = await run.printed(/backend +(http:\S+)/);
  return { ...run, url, backendUrl };
}

describe.each([
  ['nginx', {}, hasNginx],
  ['no nginx', { KEELSON_NGINX: 'off' }, true],
] as const)('a folder of files with %s', (kind, env, isThere) => {
  const runsNginx = kind === 'nginx';

  it.skipIf(!isThere)('is served at the shared address, told first, with what serves it', async () => {
    const run = await start(await makePages(), env);
    const answer = await fetch(run.url);
    expect(await answer.text()).toBe('first page');
    expect(answer.headers.get('x-rule')).toBe('first');
    expect(await (await fetch(`${run.url}/health`)).text()).toBe('ok');
    expect(await getJson(`${run.url}/api/`)).toMatchObject({ hello: 'api' });
    expect(await getJson(`${run.backendUrl}/api/`)).toMatchObject({ hello: 'api' });
    expect(run.backendUrl).not.toBe(run.url);
    expect(run.output()).toMatch(
      /pages +http:\S+ +pages, by (nginx \d|Keelson)[^]*backend +http:\S+ +src\/main\.ts, also at \/api\/\*/,
    );
    expect(run.output()).toContain(runsNginx ? 'by nginx' : 'KEELSON_NGINX is off');
    await run.printed(/pages .*GET \/ ?.*200/);
  });

  it.skipIf(!isThere)('shows saved files without a restart, and is started again for its rules', async () => {
    const folder = await makePages();
    const run = await start(folder, env);
    const { pid } = await getJson(`${run.url}/api/`);
    await writeFiles(folder, { 'pages/public/index.html': 'second page', 'pages/public/data.json': '{}' });
    await until(async () => (await (await fetch(run.url)).text()) === 'second page');
    writeFileSync(join(folder, 'pages/nginx.conf'), conf.replace('X-Rule first', 'X-Rule second'));
    await until(async () => (await fetch(run.url)).headers.get('x-rule') === 'second');
    await run.printed(/pages restarted in \d+ ms \(pages\/nginx\.conf\)/);
    expect(run.output().match(/restarted in/g)).toHaveLength(1);
    expect((await getJson(`${run.url}/api/`))['pid']).toBe(pid);
  });

  it.skipIf(!isThere)('a wrong configuration is told with its line, and the others go on', async () => {
    const folder = await makePages();
    const run = await start(folder, env);
    writeFileSync(join(folder, 'pages/nginx.conf'), conf.replace('return 200', 'retrun 200'));
    await run.printed(/pages ended with exit code 1; it is started again on the next save/);
    expect(run.output()).toMatch(/retrun.*pages\/nginx\.conf:8|pages\/nginx\.conf:8: `retrun`/);
    expect(run.output()).not.toContain(join(folder, 'pages'));
    expect((await fetch(run.url)).status).toBe(503);
    expect(await getJson(`${run.url}/api/`)).toMatchObject({ hello: 'api' });
    writeFileSync(join(folder, 'pages/nginx.conf'), conf.slice(0, -2));
    await run.printed(/pages\/nginx\.conf:(2|11)\b/);
    writeFileSync(join(folder, 'pages/nginx.conf'), conf);
    await until(async () => (await fetch(run.url)).status === 200);
  });

  it.skipIf(!isThere).each(['SIGTERM', 'SIGKILL'] as const)('ends with keelson dev, by %s too', async (signal) => {
    const run = await start(await makePages(), env);
    await fetch(run.url);
    const processes = descendants(run.child.pid ?? 0);
    expect(processes.length).toBeGreaterThanOrEqual(runsNginx ? 4 : 2);
    run.child.kill(signal);
    await run.ended;
    await until(() => processes.every((pid) => !isAlive(pid)));
  });

  it.skipIf(!isThere).each(runsNginx ? ['nginx: master', 'host.mjs'] : ['host.mjs'])(
    'that loses its process (%s) is down alone, with nothing left of it, until the next save',
    async (name) => {
      const folder = await makePages();
      const run = await start(folder, env);
      const all = descendants(run.child.pid ?? 0);
      const served = [...named(all, 'nginx: '), ...named(all, 'host.mjs')];
      process.kill(named(all, name)[0] ?? 0, 'SIGKILL');
      await run.printed(/pages (was ended|ended)/);
      expect((await fetch(run.url)).status).toBe(503);
      expect(await getJson(`${run.url}/api/`)).toMatchObject({ hello: 'api' });
      await until(() => served.every((pid) => !isAlive(pid)));
      writeFileSync(join(folder, 'pages/public/index.html'), 'second page');
      await until(async () => (await (await fetch(run.url)).text()) === 'second page');
      await run.printed(/pages restarted in \d+ ms \(pages\/public\/index\.html\)/);
    },
  );
});

it('without nginx, refuses rules that it cannot follow, all at once', async () => {
  const odd = conf.replace(
    'add_header X-Rule first;',
    'sub_filter a b;\n    if ($request_method = POST) { return 405; }\n    add_header X-Ip $remote_port;\n',
  );
  const folder = await makePages();
  await writeFiles(folder, { 'pages/nginx.conf': odd });
  const run = keelson(folder, ['dev', '--port', '0', '--console-port', '0'], { KEELSON_NGINX: 'off' });
  await run.printed(/Install nginx/);
  expect(run.output()).toContain('pages/nginx.conf:7: `sub_filter` is not followed without nginx');
  expect(run.output()).toContain('pages/nginx.conf:8: `if` is not followed without nginx');
  expect(run.output()).toContain('pages/nginx.conf:9: the variable `$remote_port` is not known without nginx');
});

/** Everything that a process started, and what that started (Linux). */
function descendants(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean)
    .map(Number);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

function named(pids: readonly number[], name: string): number[] {
  return pids.filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(name));
}
