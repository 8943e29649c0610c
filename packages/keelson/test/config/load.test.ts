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
    expect(output).toMatch(/keelson\.config\.ts has 7 problems/);
    for (const path of ['name', 'resource', 'resources.db.kind', 'services.api.compute', 'services.api.source']) {
      expect(output).toContain(`  ${path}: `);
    }
    expect(output).toContain('Did you mean `postgres`?');
    expect(output).toContain('Did you mean `fargate`?');
    expect(output).toContain('services.web.uses.0: there is no resource `bd`\n    Did you mean `db`?');
    expect(output).toContain('there is no file src/mian.ts');
    expect(existsSync(join(folder, '.keelson'))).toBe(false);
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
