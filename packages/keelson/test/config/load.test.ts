import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { cleanUp, helloConfig, helloService, keelson, makeFolder } from '../dev/harness.ts';

afterEach(cleanUp);

/** Runs `keelson dev`, which must refuse and leave nothing behind. */
async function refused(files: Record<string, string>, env: Record<string, string> = {}): Promise<string> {
  const folder = await makeFolder({ 'src/main.ts': helloService('x'), ...files });
  const run = keelson(folder, ['dev', '--port', '0', '--console-port', '0'], env);
  expect(await run.ended).toBe(1);
  expect(run.output()).not.toMatch(/^\s+at /m);
  return run.output().replaceAll(folder, '<app>');
}

const withLogin = `import { defineApp } from '@keelson/contract';
export default defineApp({
  name: 'hello', region: 'eu-central-1', resources: { people: { kind: 'login', provider: 'auth0' } },
  services: { api: { source: 'src/main.ts', compute: 'fargate', uses: ['people'] } },
});
`;

describe('keelson.config.ts', () => {
  it('is refused with every problem, its path and a hint, and nothing is started', async () => {
    const folder = await makeFolder({
      'keelson.config.ts': `export default {
        name: 'Hello', region: 'eu-central-1', resource: {}, resources: { db: { kind: 'postgress' } },
        services: { api: { source: 'src/mian.ts', compute: 'fargte', uses: ['bd'] }, web: { source: 'src/web.ts', compute: 'lambda', uses: ['bd'] } },
      };`,
    });
    const run = keelson(folder, ['dev']);
    expect(await run.ended).toBe(1);
    const output = run.output();
    expect(output).toMatch(/keelson\.config\.ts has 9 problems/);
    for (const path of ['name', 'resource', 'resources.db.kind', 'services.api.compute', 'services.api.source']) {
      expect(output).toContain(`  ${path}: `);
    }
    expect(output).toContain('Did you mean `postgres`?');
    expect(output).toContain('Did you mean `fargate`?');
    expect(output).toContain('services.api.uses.0: there is no resource `bd`');
    expect(output).toContain('services.web.uses.0: there is no resource `bd`\n    Did you mean `db`?');
    expect(output).toContain('there is no file src/mian.ts');
    expect(existsSync(join(folder, '.keelson'))).toBe(false);
  });

  it('has no source outside of the project, which no image could hold', async () => {
    const folder = await makeFolder({
      'keelson.config.ts': `export default {
        name: 'hello', region: 'eu-central-1',
        services: {
          api: { source: '../api/main.ts', compute: 'fargate' },
          site: { source: '../site', server: 'nginx', port: 8001, compute: 'fargate' },
          web: { source: './web/../../x.ts', port: 8002, compute: 'fargate' },
          dots: { source: '..main.ts', port: 8003, compute: 'fargate' },
        },
      };`,
      '..main.ts': 'export default {};',
    });
    const run = keelson(folder, ['build', '--print']);
    expect(await run.ended).toBe(1);
    expect(run.output()).toMatch(/has 3 problems/);
    for (const [service, source] of [
      ['api', '../api/main.ts'],
      ['site', '../site'],
      ['web', './web/../../x.ts'],
    ]) {
      expect(run.output()).toContain(`services.${service}.source: ${source} is outside of the project\n    Move it`);
    }
  });

  it('names the line of a syntax error', async () => {
    expect(await refused({ 'keelson.config.ts': "export default {\n  name: 'x'\n  region: 1 };\n" })).toMatch(
      /keelson\.config\.ts:3:3: Expected "}" but found "region"/,
    );
  });

  it('names the line where it throws, also in a file it imports', async () => {
    const thrower =
      "export const name = 'x';\nexport function fail(): string {\n  throw new TypeError('no such stage');\n}\n";
    expect(await refused({ 'keelson.config.ts': "\nthrow new Error('not today');\n" })).toContain(
      'keelson.config.ts:2:7: not today',
    );
    expect(
      await refused({ 'keelson.config.ts': "import { fail } from './names.ts';\nfail();\n", 'names.ts': thrower }),
    ).toContain('names.ts:3:9: TypeError: no such stage');
  });

  it.each([
    ['process.exit(0);', 'keelson.config.ts:2:9: ends the process (exit code 0)'],
    ['await new Promise(() => {});', 'keelson.config.ts: waits (`await`) for something that never comes'],
  ])('is an error when it does not come to its end: %s', async (line, message) => {
    const output = await refused({ 'keelson.config.ts': `export default {};\n${line}\n` });
    expect(output).toContain(message);
  });

  it('that never comes back is ended by Ctrl-C', async () => {
    const folder = await makeFolder({ 'keelson.config.ts': "console.log('loading');\nfor (;;);\n" });
    const run = keelson(folder, ['dev']);
    await run.printed(/loading/);
    run.child.kill('SIGINT');
    expect(await run.ended).toBe('SIGINT');
  });

  it('must have a default export', async () => {
    expect(await refused({ 'keelson.config.ts': 'export const app = {};\n' })).toContain('export default defineApp');
  });
});

describe('.env', () => {
  it('is refused with every problem of a kit’s names', async () => {
    const env = 'AUTH0_DOMAIN=https://acme.eu.auth0.com/\nAUTH0_CLIENT_ID=abc\n';
    const output = await refused({ 'keelson.config.ts': withLogin, '.env': env });
    expect(output).toContain('AUTH0_DOMAIN: must not start with https://');
    expect(output).toContain('AUTH0_DOMAIN=acme.eu.auth0.com');
    expect(output).toContain('AUTH0_CLIENT_SECRET: is missing');
  });

  it('is read as the services would, all at once, before anything starts', async () => {
    const withBoth = withLogin.replace('resources: {', "resources: { db: { kind: 'postgres' },");
    const env =
      'LOG_LEVEL=loud\nPUBLIC_URL=https://x.example/path\nDATABASE_URL=mysql://u:hunter2@db/x\nAUTH0_CLIENT_ID=abc\n';
    const output = await refused({ 'keelson.config.ts': withBoth, '.env': env });
    expect(output).toContain('LOG_LEVEL: ');
    expect(output).toContain('Use one of: trace, debug');
    expect(output).toContain('PUBLIC_URL: must have no path, query or fragment');
    expect(output).toContain('DATABASE_URL: not a connection string');
    expect(output).toContain('AUTH0_DOMAIN: is missing');
    expect(output).not.toContain('hunter2');
    expect(await refused({ 'keelson.config.ts': withLogin, '.env': 'PUBLIC_URL=ftp://x' })).toContain('PUBLIC_URL: ');
  });

  it('that names a database which is away: the variable, where it leads, the reason, no password', async () => {
    const withDatabase = withLogin.replace(
      "people: { kind: 'login', provider: 'auth0' }",
      "people: { kind: 'postgres' }",
    );
    const env = { DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:1/db' };
    const output = await refused({ 'keelson.config.ts': withDatabase }, env);
    expect(output).toContain('DATABASE_URL leads to 127.0.0.1:1/db. The database could not be reached: ECONNREFUSED.');
    expect(output).toContain('embedded database');
    expect(output).not.toContain('hunter2');
  });

  it('that is a folder is told as such', async () => {
    expect(await refused({ 'keelson.config.ts': helloConfig, '.env/x': '' })).toContain(
      '.env cannot be read: it is a folder',
    );
  });

  it('yields to the shell, and an empty value is no value', async () => {
    const files = { 'keelson.config.ts': withLogin, '.env': 'AUTH0_DOMAIN=file.example.com\nAUTH0_CLIENT_ID=\n' };
    const output = await refused(files, { AUTH0_DOMAIN: 'https://shell.example.com' });
    expect(output).toContain('AUTH0_DOMAIN=shell.example.com');
    expect(output).toContain('AUTH0_CLIENT_ID: is missing');
  });

  it('is not needed', async () => {
    const folder = await makeFolder({ 'keelson.config.ts': helloConfig, 'src/main.ts': helloService('x') });
    const run = keelson(folder, ['dev', '--port', '0', '--console-port', '0']);
    await run.printed(/ready in/);
  });
});
