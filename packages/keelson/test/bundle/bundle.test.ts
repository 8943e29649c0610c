import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '@keelson/contract';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { sqlOn, startServer, type TestServer } from '../../../runtime/test/data/database.ts';
import { repository } from '../../../../test/support/imports.ts';
import { copyTemplate } from '../../../../test/support/template.ts';
import { cleanUp, makeFolder, writeFiles } from '../dev/harness.ts';
import { command } from '../synth/app.ts';
import { type Aws, startAws } from './aws.ts';
import { addressOf, type Program, runProgram, startProgram } from './run.ts';
import { terraformCommand, terraformEnvironment } from './terraform-environment.ts';

const config: string = '../../../../templates/sso/keelson.config.ts';
const { default: app } = (await import(config)) as { default: App };
let template: ReturnType<typeof copyTemplate>;
/** The bundle where nothing else is: no packages, no sources. */
let image: string;
let printed: string;
let server: TestServer;
let aws: Aws;
const programs: Program[] = [];

beforeAll(async () => {
  template = copyTemplate('sso');
  [server, aws] = await Promise.all([startServer(), startAws()]);
  printed = (await command(template.folder, 'bundle')).output;
  image = mkdtempSync(join(tmpdir(), 'keelson-image-'));
  cpSync(join(template.folder, 'dist'), image, { recursive: true });
});
afterEach(async () => {
  await Promise.all(programs.splice(0).map((program) => program.stop()));
  await cleanUp();
});
afterAll(async () => {
  await Promise.all([server?.remove(), aws?.stop()]);
  template?.remove();
  rmSync(image, { recursive: true, force: true });
});

function start(env: Readonly<Record<string, string>>): Program {
  const program = startProgram(['node', '--enable-source-maps', 'server.js'], { cwd: image, env });
  programs.push(program);
  return program;
}

const migrate = (env: Readonly<Record<string, string>>) => runProgram(['node', 'migrate.js'], { cwd: image, env });

const production = (databaseUrl: string) => ({
  NODE_ENV: 'production',
  HOST: '127.0.0.1',
  PORT: '0',
  PUBLIC_URL: 'https://notes.example.com',
  KEELSON_SERVICE: 'api',
  KEELSON_ENVIRONMENT: 'dev',
  DATABASE_URL: databaseUrl,
  OIDC_PROVIDER: 'auth0',
  OIDC_ISSUER: 'https://login.example.com/',
  OIDC_CLIENT_ID: 'client',
  OIDC_CLIENT_SECRET: 'hunter2-hunter2',
  SESSION_KEYS: 'k'.repeat(32),
});

test('says what it made', () => {
  expect(printed).toMatch(/^api: server\.js and migrate\.js in dist, \d+\.\d MB\n$/);
  expect(readdirSync(image).sort()).toEqual([
    'chunks',
    'migrate.js',
    'migrate.js.map',
    'package.json',
    'server.js',
    'server.js.map',
  ]);
});

test('runs where nothing is installed: migrations, then the service, which stops on SIGTERM with 0', async () => {
  const env = production(await server.emptyDatabase());
  const first = await migrate(env);
  expect(first).toMatchObject({ code: 0, output: expect.stringMatching(/applied {2}001-notes\nDone/) as string });
  expect(await migrate(env)).toMatchObject({ code: 0, output: expect.stringContaining('Nothing to do') as string });

  const service = start(env);
  const url = await addressOf(service);
  expect((await fetch(`${url}/health`)).status).toBe(200);
  expect(await (await fetch(`${url}/ready`)).json()).toEqual({ status: 'ok' });
  expect((await fetch(`${url}/notes`)).status).toBe(401);
  // What only development has.
  expect((await fetch(`${url}/docs`)).status).not.toBe(200);
  expect(await service.stop()).toBe(0);
  expect(service.output()).not.toContain('hunter2');
});

test('boots with exactly the variables that Terraform gives it, its secrets still UNSET', async () => {
  const arn = (name: string) => `arn:aws:secretsmanager:eu-central-1:123456789012:secret:sso/dev/${name}-AbCdEf`;
  const given = terraformEnvironment(app, 'dev/api.tf', 'api_environment');
  expect(Object.keys(given)).toEqual(expect.arrayContaining(['PUBLIC_URL_PARAMETER', 'SESSION_KEYS_SECRET_ARN']));
  const env = {
    ...given,
    PORT: '0',
    TRUSTED_PROXIES: '10.0.0.0/20,10.0.16.0/20',
    PGHOST: '127.0.0.1',
    PGPORT: new URL(server.url).port,
    PGDATABASE: 'sso_db',
    OIDC_ISSUER: 'https://tenant.example.com/',
    OIDC_CLIENT_ID: 'client',
    OIDC_CLIENT_SECRET_SECRET_ARN: arn('OIDC_CLIENT_SECRET'),
    SESSION_KEYS_SECRET_ARN: arn('SESSION_KEYS'),
  };
  aws.secrets.set(env.OIDC_CLIENT_SECRET_SECRET_ARN, 'UNSET').set(env.SESSION_KEYS_SECRET_ARN, 'k'.repeat(64));

  const service = start({ ...env, ...aws.env, HOST: '127.0.0.1' });
  const url = await addressOf(service);
  expect((await fetch(`${url}/health`)).status).toBe(200);
  // The address is not known yet, and the client secret not set.
  expect((await fetch(`${url}/login`)).status).toBe(503);
  // The database's token was signed and Amazon's certificates loaded: only then it is asked whether it has TLS.
  expect((await fetch(`${url}/ready`)).status).toBe(503);
  await service.printed(/does not support SSL/);
  expect(service.output()).not.toMatch(/could not be read|TypeError/);
  expect(await service.stop()).toBe(0);
});

test('the migration task of Terraform: its command and its variables make the user and migrate', async () => {
  expect(terraformCommand(app, 'dev/migrate.tf')).toEqual(['node', 'migrate.js']);
  const database = new URL(await server.emptyDatabase());
  const admin = new URL(server.url);
  admin.username = 'keelson_admin';
  admin.pathname = '/postgres';
  await sqlOn(admin.href, "create role rds_iam; create role postgres login createrole password 'ro:ot'");
  await sqlOn(admin.href, 'grant rds_iam to postgres with admin option');
  await sqlOn(admin.href, `alter database ${database.pathname.slice(1)} owner to postgres`);

  const given = terraformEnvironment(app, 'dev/migrate.tf', 'db_migrate_environment');
  const env = {
    ...given,
    PGHOST: database.hostname,
    PGPORT: database.port,
    PGDATABASE: database.pathname.slice(1),
    DATABASE_MASTER_SECRET_ARN: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:rds!cluster-a-AbCdEf',
  };
  expect(Object.keys(env).sort()).toEqual(Object.keys(given).sort());
  aws.secrets.set(env.DATABASE_MASTER_SECRET_ARN, JSON.stringify({ username: 'postgres', password: 'ro:ot' }));

  const { code, output } = await migrate({ ...env, ...aws.env });
  expect(output).toMatch(/The user app is there[\s\S]*applied {2}001-notes/);
  expect(output).not.toContain('ro:ot');
  expect(code).toBe(0);
  const members = await sqlOn(admin.href, "select pg_has_role('app', 'rds_iam', 'member') as member");
  expect(members).toEqual([{ member: true }]);
  expect((await migrate({ ...env, ...aws.env })).code).toBe(0);
});

test('a trace names the source, not the bundle', async () => {
  const folder = await makeFolder({
    'keelson.config.ts':
      "export default { name: 'x', region: 'eu-central-1', services: { api: { source: 'main.ts', compute: 'fargate' } } };\n",
    'main.ts': `import { createService } from '@keelson/runtime';
export default createService(async () => {
  interface Nothing { readonly a: string }
  throw new Error('broken on line four');
});
`,
  });
  await command(folder, 'bundle');
  const args = { cwd: join(folder, 'dist'), env: { NODE_ENV: 'production', PUBLIC_URL: 'https://x.example' } };
  const { code, output } = await runProgram(['node', '--enable-source-maps', 'server.js'], args);
  expect(code).toBe(1);
  expect(output).toMatch(/broken on line four[\s\S]*main\.ts:4:9/);
});

const two = `export default {
  name: 'x', region: 'eu-central-1',
  resources: { db: { kind: 'postgres' } },
  services: {
    api: { source: 'main.ts', compute: 'fargate', port: 8001, uses: ['db'] },
    site: { source: 'main.ts', compute: 'fargate', port: 8002 },
  },
};
`;
const plainService =
  "import { createService } from '@keelson/runtime';\nexport default createService(async () => {});\n";

test('several services go into a folder each, a named one into the folder itself', async () => {
  const folder = await makeFolder({ 'keelson.config.ts': two, 'main.ts': plainService });
  const all = await command(folder, 'bundle', '--out', 'built');
  expect(all.output).toMatch(/^api: server\.js and migrate\.js in built\/api, .*\nsite: server\.js in built\/site, /);
  await command(folder, 'bundle', 'site', '--out', 'one');
  expect(readdirSync(join(folder, 'one'))).toContain('server.js');
  const unknown = await command(folder, 'bundle', 'sit');
  expect(unknown).toMatchObject({
    code: 1,
    output: expect.stringContaining('Did you mean site? There is: api, site.') as string,
  });
});

test('only what a service needs in AWS goes in', async () => {
  const folder = await makeFolder({ 'keelson.config.ts': two, 'main.ts': plainService });
  await command(folder, 'bundle');
  const packages = (name: string) => [
    ...new Set(
      readdirSync(join(folder, 'dist', name), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.js.map'))
        .flatMap((file) => {
          const { sources } = JSON.parse(readFileSync(join(folder, 'dist', name, file), 'utf8')) as {
            sources: string[];
          };
          return sources.map((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1]);
        }),
    ),
  ];
  expect(packages('site').filter((name) => name?.startsWith('@aws-sdk/'))).toEqual([]);
  expect(packages('site')).toContain('fastify');
  expect(packages('api')).toEqual(expect.arrayContaining(['pg', 'kysely', '@aws-sdk/client-secrets-manager']));
  for (const name of ['@aws-sdk/client-dynamodb', '@aws-sdk/client-ssm', '@fastify/swagger-ui']) {
    expect(packages('api')).not.toContain(name);
  }
});

test('a package that is needed in AWS and not installed is named, and nothing is written', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keelson-lean-'));
  try {
    writeLeanProject(folder);
    const { code, output } = await command(folder, 'bundle', 'api');
    expect(code).toBe(1);
    expect(output).toMatch(
      /image of api would not be whole[\s\S]*@aws-sdk\/rds-signer: is not installed[\s\S]*npm install @aws-sdk\/rds-signer/,
    );
    expect(readdirSync(folder)).not.toContain('dist');
    expect((await command(folder, 'bundle', 'site')).code).toBe(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A project with the runtime and what it depends on, but without the AWS packages. */
function writeLeanProject(folder: string): void {
  const modules = join(folder, 'node_modules');
  for (const name of ['runtime', 'contract']) {
    const filter = (path: string) => !/node_modules|\/(dist|test)(\/|$)/.test(path);
    cpSync(join(repository, 'packages', name), join(modules, '@keelson', name), { recursive: true, filter });
  }
  for (const name of readdirSync(join(repository, 'node_modules'))) {
    if (name === '@aws-sdk' || name === '@keelson' || name.startsWith('.')) continue;
    symlinkSync(join(repository, 'node_modules', name), join(modules, name));
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  writeFileSync(join(folder, 'keelson.config.ts'), two);
  const uses = "import { postgres } from '@keelson/runtime/postgres';\n";
  writeFileSync(
    join(folder, 'main.ts'),
    `${uses}${plainService.replace('async () => {}', "async () => void postgres('db')")}`,
  );
}

test('source that does not compile is named with its line, and an earlier bundle stays', async () => {
  const folder = await makeFolder({ 'keelson.config.ts': two, 'main.ts': plainService });
  await command(folder, 'bundle', 'site');
  await writeFiles(folder, { 'main.ts': 'export default (;\n' });
  const { code, output } = await command(folder, 'bundle', 'site');
  expect([code, /main\.ts:1:17: Unexpected ";"/.test(output)]).toEqual([1, true]);
  expect(readdirSync(join(folder, 'dist'))).toContain('server.js');
  expect(readdirSync(folder).filter((name) => name.startsWith('dist'))).toEqual(['dist']);
});

test('a folder with something else in it is not replaced', async () => {
  const folder = await makeFolder({ 'keelson.config.ts': two, 'main.ts': plainService, 'dist/mine.txt': 'mine' });
  const { code, output } = await command(folder, 'bundle', 'site');
  expect([code, output.includes('holds files that are no bundle')]).toEqual([1, true]);
  expect(readdirSync(join(folder, 'dist'))).toEqual(['mine.txt']);
});
