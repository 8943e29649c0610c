import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { cleanUp, makeFolder } from '../dev/harness.ts';
import { command } from './app.ts';

afterEach(cleanUp);

const zone = (more = '') => `{ ephemeral: true, domain: 'dev.example.com', hostedZone: 'example.com'${more} }`;
const byHand = zone(", createZone: true, database: { engine: 'container' }");

const mail = "mail: { kind: 'mail', from: 'no-reply@{domain}' },";

function config(environment: string, resources = mail, more = ''): string {
  const uses = resources === '' ? "['db']" : "['db', 'mail']";
  return `import { defineApp } from '@keelson/contract';
export default defineApp({
  name: 'shop', region: 'eu-central-1',
  resources: { db: { kind: 'postgres' }, ${resources} },
  services: { api: { source: 'src/main.ts', compute: 'fargate', uses: ${uses} } },
  environments: { dev: ${environment}${more} },
  state: { bucket: 'shop-terraform-state' },
});
`;
}

async function makeApp(text: string): Promise<string> {
  return makeFolder({ 'keelson.config.ts': text, 'src/main.ts': 'export default {};\n' });
}

const steps = (output: string) =>
  output
    .slice(output.indexOf('\nNext:\n'))
    .split('\n')
    .map((line) => line.trim());
const at = (output: string, start: string) => steps(output).findIndex((step) => step.startsWith(start));

test('what only a person can do is a step of its own, where it belongs', async () => {
  const app = await makeApp(config(byHand));
  const { output } = await command(app, 'synth');
  const order = [
    'npx keelson state bootstrap',
    'terraform -chdir=infra/state init && terraform -chdir=infra/state apply',
    'terraform -chdir=infra/shared init',
    'terraform -chdir=infra/shared output example_com_name_servers ',
    'terraform -chdir=infra/dev init',
    'terraform -chdir=infra/dev output mail_steps ',
    'terraform -chdir=infra/dev output database_warning ',
  ].map((start) => at(output, start));
  expect(order).not.toContain(-1);
  expect(order).toEqual(order.toSorted((a, b) => a - b));
});

test('an app without them is told nothing of them', async () => {
  const { output } = await command(await makeApp(config(zone(), '')), 'synth');
  expect(output).toContain('terraform -chdir=infra/dev init');
  expect(output).not.toMatch(/mail_steps|name_servers|database_warning|SES|one container/);
});

test('a database in a container is warned of wherever it is, and each time', async () => {
  const prod = ", prod: { domain: 'example.com', hostedZone: 'example.com', database: { engine: 'container' } }";
  const app = await makeApp(config(zone(), mail, prod));
  const warning = /note The database of prod is one container: .* no backup but yours/;
  expect((await command(app, 'synth')).output).toMatch(warning);
  expect((await command(app, 'synth')).output).toMatch(warning);
  expect((await command(app, 'synth', '--env', 'dev')).output).not.toMatch(warning);
});

test('they come when they are added later, with what is shared before the environment', async () => {
  const app = await makeApp(config(zone(), ''));
  await command(app, 'synth');
  await writeFile(join(app, 'keelson.config.ts'), config(byHand));
  const { output } = await command(app, 'synth');
  const order = [
    'terraform -chdir=infra/shared plan',
    'terraform -chdir=infra/shared output example_com_name_servers ',
    'terraform -chdir=infra/dev plan',
    'terraform -chdir=infra/dev output mail_steps ',
    'terraform -chdir=infra/dev output database_warning ',
  ].map((start) => at(output, start));
  expect(order).not.toContain(-1);
  expect(order).toEqual(order.toSorted((a, b) => a - b));
});

test('every step is named to those who made the bucket of the state first', async () => {
  const app = await makeApp(config(zone()));
  expect((await command(app, 'state', 'bootstrap')).code).toBe(0);
  const { output } = await command(app, 'synth');
  expect(at(output, 'npx keelson build --push --env')).toBeGreaterThan(
    at(output, 'terraform -chdir=infra/shared init'),
  );
  expect(output).not.toContain('-migrate-state');
});
