import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hostileClient, startHostileProvider } from '../../../runtime/test/auth/hostile-provider.ts';
import { Surfer } from '../../../../test/support/surfer.ts';
import { addressOf, type Program, type ProgramArgs, startProgram } from '../bundle/run.ts';
import { until } from '../dev/harness.ts';
import { type Assembled, assemble } from './assemble.ts';
import { freePort } from '../../../../test/support/free-port.ts';

const isRoot = process.getuid?.() === 0;
if (!isRoot) console.log('not root: the images’ commands run as this user instead of uid 1000 and 101');
const as = (uid: number) => (isRoot ? { uid } : {});

const programs: Program[] = [];
const removals: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(programs.splice(0).map((program) => program.stop()));
});
afterAll(async () => {
  for (const remove of removals.splice(0)) await remove();
});

async function assembled(template: string, dockerfile?: string): Promise<Assembled['image']> {
  const { image, remove } = await assemble(template, dockerfile);
  removals.push(remove);
  return image;
}

function start(command: readonly string[], args: ProgramArgs): Program {
  const program = startProgram(command, args);
  programs.push(program);
  return program;
}

const files = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' });

function expectProductionAlone(folder: string): void {
  for (const name of files(folder)) {
    expect(name).not.toMatch(/node_modules|\.env|\.ts$|vendor|package-lock/);
    const { mode } = statSync(join(folder, name));
    // Anybody may read it, and nobody but its owner, root, may write.
    expect([name, mode & 0o044, mode & 0o022]).toEqual([name, 0o044, 0]);
    if (/\.(js|map|json)$/.test(name)) expect(readFileSync(join(folder, name), 'utf8')).not.toContain('hunter2');
  }
}

describe('the image of quick', () => {
  let image: Assembled['image'];
  beforeAll(async () => {
    image = await assembled('quick');
  });
  /** As `docker run --env-file .env -e … ` gives them: a name without a value is there, and empty. */
  const envFile = {
    GOOGLE_CLIENT_ID: 'client',
    GOOGLE_CLIENT_SECRET: 'hunter2-hunter2',
    SECRET_KEY: 'k'.repeat(40),
    LOG_LEVEL: '',
  };

  test('holds the bundle, and the adapter where Lambda looks for it', () => {
    expectProductionAlone(image.folder);
    expect(readdirSync(join(image.root, 'opt/extensions'))).toEqual(['lambda-adapter']);
    expect(statSync(join(image.root, 'opt/extensions/lambda-adapter')).mode & 0o555).toBe(0o555);
    expect(image).toMatchObject({ user: 'node', env: { NODE_ENV: 'production', PORT: '8080' } });
  });

  test('runs by the README’s `docker run` on http://localhost, writes nothing, and ends on SIGTERM with 0', async () => {
    const env = {
      ...image.env,
      ...envFile,
      PUBLIC_URL: 'http://localhost:8000',
      KEELSON_ENVIRONMENT: 'local',
      // Only so that tests can run side by side, and nobody reaches them.
      PORT: String(await freePort()),
      HOST: '127.0.0.1',
    };
    const before = files(image.folder);
    const service = start(image.command, { cwd: image.folder, env, ...as(1000) });
    await service.printed(/is up at http:\/\/localhost:8000/);
    const url = `http://127.0.0.1:${env.PORT}`;
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect((await fetch(url)).status).toBe(200);
    expect((await fetch(`${url}/api/me`)).status).toBe(401);
    expect(await service.stop()).toBe(0);
    expect(service.output()).not.toContain('hunter2');
    expect(files(image.folder)).toEqual(before);
  });

  test('signs people in on http://localhost', async () => {
    const provider = await startHostileProvider();
    removals.push(() => provider.stop());
    provider.faults.profile = { email: 'ada@example.com', email_verified: true };
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const { GOOGLE_CLIENT_ID: _id, GOOGLE_CLIENT_SECRET: _secret, ...rest } = envFile;
    const env = {
      ...image.env,
      ...rest,
      OIDC_PROVIDER: 'google',
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: hostileClient.clientId,
      OIDC_CLIENT_SECRET: hostileClient.clientSecret,
      PUBLIC_URL: url,
      KEELSON_ENVIRONMENT: 'local',
      PORT: String(port),
      HOST: '127.0.0.1',
    };
    const service = start(image.command, { cwd: image.folder, env, ...as(1000) });
    await service.printed(/is up at/);
    const person = new Surfer();
    expect((await person.open(`${url}/auth/login`)).status).toBe(200);
    const me = await person.send(`${url}/api/me`, { headers: { accept: 'application/json' } });
    expect([me.status, JSON.parse(me.body)]).toEqual([200, { email: 'ada@example.com', provider: 'google' }]);
  });

  test('without what `docker run` gives to it says everything that is missing, and the way out', async () => {
    const env = { ...image.env, HOST: '127.0.0.1', PORT: '0', PUBLIC_URL: 'http://localhost:8000' };
    const service = start(image.command, { cwd: image.folder, env });
    expect(await service.ended()).toBe(1);
    for (const name of ['PUBLIC_URL', 'OIDC_CLIENT_ID', 'SESSION_KEYS', 'SESSION_TABLE']) {
      expect(service.output()).toContain(name);
    }
    expect(service.output()).toContain('KEELSON_ENVIRONMENT=local');
  });
});

describe('the images of microservices', () => {
  test('the backend is a bundle without the files of the frontend', async () => {
    const image = await assembled('microservices', 'Dockerfile.backend');
    expectProductionAlone(image.folder);
    const env = {
      ...image.env,
      PORT: '0',
      HOST: '127.0.0.1',
      PUBLIC_URL: 'https://app.example.com',
      KEELSON_SERVICE: 'backend',
      KEELSON_ENVIRONMENT: 'dev',
    };
    const service = start(image.command, { cwd: image.folder, env, ...as(1000) });
    const url = await addressOf(service);
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${url}/api/`)).json()).toMatchObject({ status: 'active' });
    expect(await service.stop()).toBe(0);
  });

  const path = { PATH: `${process.env['PATH']}:/usr/sbin` };
  const nginx = hasNginx(path);
  if (!nginx) console.log('no nginx on this machine: the frontend’s image is assembled and not run');

  test('the frontend is what nginx serves', async () => {
    const image = await assembled('microservices', 'Dockerfile.frontend');
    expect(image).toMatchObject({ user: '101', command: ['nginx', '-g', 'daemon off;'] });
    expect(files(join(image.root, 'usr/share/nginx/html'))).toContain('index.html');
    expectProductionAlone(join(image.root, 'usr/share/nginx'));
    if (!nginx) return;

    // A folder of this machine stands for `/`: the paths of the image get it before them, and the port is a free one.
    const port = await freePort();
    const config = join(image.root, 'etc/nginx/nginx.conf');
    const text = readFileSync(config, 'utf8');
    expect(text).toContain('listen 8080;');
    const moved = text
      .replaceAll(/(?<=\s)\/(?=(tmp|usr|etc)\/)/g, `${image.root}/`)
      .replace('listen 8080;', `listen 127.0.0.1:${port};`)
      // A container runtime gives these to the user of the image; nobody does here.
      .replace('/dev/stderr', 'stderr')
      .replace('/dev/stdout', `${image.root}/tmp/access.log`);
    writeFileSync(config, moved);
    mkdirSync(join(image.root, 'tmp'));
    chmodSync(join(image.root, 'tmp'), 0o777);
    const service = start([...image.command, '-c', config, '-p', image.root], {
      cwd: image.root,
      env: path,
      ...as(101),
    });
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    await until(() =>
      get('/health').then(
        ({ ok }) => ok,
        () => service.child.exitCode !== null,
      ),
    );
    expect(service.output()).not.toContain('[emerg]');
    expect(await (await get('/health')).text()).toBe('ok');
    expect((await get('/')).headers.get('content-type')).toContain('text/html');
    expect((await get('/.env')).status).toBe(404);
    expect(await service.stop()).toBe(0);
  });
});

function hasNginx(env: NodeJS.ProcessEnv): boolean {
  try {
    execFileSync('nginx', ['-v'], { env, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
