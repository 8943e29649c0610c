import { existsSync } from 'node:fs';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { cleanUp, writeFiles } from '../dev/harness.ts';
import { appConfig, command, filesIn, makeApp } from './app.ts';

afterEach(cleanUp);

const workflows = ['deploy-environment.yml', 'deploy.yml', 'pr-ci.yml', 'terraform-manual.yml'];
const delivery = (
  text = "repository: 'https://github.com/shop-owner/shop', github: { ownerId: '11', repositoryId: '22' }",
) => `delivery: { provider: 'github-actions', ${text} }, state: { bucket: 'shop-state' }`;
const environments = "{ dev: { ephemeral: true }, prod: { domain: 'shop.example.com' } }";
const config = (more = delivery()) => appConfig({ environments, more });

async function makeDelivered(): Promise<string> {
  const app = await makeApp();
  await writeFile(join(app, 'keelson.config.ts'), config());
  return app;
}

test('writes the workflows where GitHub looks, remembers them, and changes nothing the second time', async () => {
  const app = await makeDelivered();
  const { code, output } = await command(app, 'synth');
  expect(output).toMatch(/^written +\.github\/workflows\/deploy\.yml$/m);
  expect(code).toBe(0);
  expect([...filesIn(join(app, '.github/workflows')).keys()]).toEqual(workflows);
  expect(filesIn(join(app, 'infra')).get('.keelson.json')).toContain('"../.github/workflows/pr-ci.yml": "');
  expect((await command(app, 'synth')).output).toMatch(/^Nothing to change: \d+ unchanged\.\n$/);
});

test('says what a person does, each once', async () => {
  const app = await makeDelivered();
  const { output } = await command(app, 'synth');
  const next = output.slice(output.indexOf('Next:'));
  const steps = [
    'terraform -chdir=infra/shared init && terraform -chdir=infra/shared apply',
    'gh variable set AWS_ACCOUNT_ID --body "$(aws sts get-caller-identity --query Account --output text)"',
    'gh variable set DEV_AUTH0_DOMAIN   (auth0_domain of dev, which Terraform asks for)',
    'gh variable set PROD_AUTH0_CLIENT_ID   (auth0_client_id of prod, which Terraform asks for)',
    'each for the branch main alone: dev, production (with reviewers)',
    'commit and push .github/workflows: GitHub reads it from the repository',
    'from then on a push to main deploys to dev, then prod; back to an earlier commit: gh workflow run deploy.yml -f environment=<environment> -f tag=<commit>',
  ];
  expect(steps.map((step) => next.split(step).length - 1)).toEqual(steps.map(() => 1));
  expect(steps.map((step) => next.indexOf(step))).toEqual(
    steps.map((step) => next.indexOf(step)).toSorted((a, b) => a - b),
  );
  await writeFile(join(app, 'keelson.config.ts'), config().replace('memory: 512', 'memory: 1024'));
  expect((await command(app, 'synth')).output).not.toMatch(/gh variable|commit and push/);
  await writeFile(join(app, 'keelson.config.ts'), config(delivery().replace("'22' }", "'22' }, branch: 'trunk'")));
  const changed = (await command(app, 'synth')).output;
  expect(changed).toContain('commit and push .github/workflows');
  expect(changed).not.toContain('gh variable');
});

test('says each time that the repository and its ids still are the example of the template', async () => {
  const app = await makeDelivered();
  const example = "repository: 'https://github.com/acme/shop', github: { ownerId: '1', repositoryId: '1' }";
  await writeFile(join(app, 'keelson.config.ts'), config(delivery(example)));
  for (const _run of [1, 2]) {
    const { output } = await command(app, 'synth');
    expect(output).toContain('note delivery.repository is https://github.com/acme/shop');
    expect(output).toContain('https://api.github.com/repos/acme/shop tells those of your repository.');
  }
  await writeFile(join(app, 'keelson.config.ts'), config());
  expect((await command(app, 'synth')).output).not.toContain('note ');
});

test('an edit is noticed and shown, and overwritten with --force alone', async () => {
  const app = await makeDelivered();
  await command(app, 'synth');
  const file = join(app, '.github/workflows/deploy.yml');
  const generated = await readFile(file, 'utf8');
  await appendFile(file, '# mine\n');
  const refused = await command(app, 'synth');
  expect(refused.code).toBe(1);
  expect(refused.output).toMatch(/^error \.github\/workflows\/deploy\.yml was edited by hand/m);
  expect(await readFile(file, 'utf8')).toBe(`${generated}# mine\n`);
  expect((await command(app, 'synth', '--force')).code).toBe(0);
  expect(await readFile(file, 'utf8')).toBe(generated);
});

test('a workflow of one’s own beside them is left alone; one of the same name is not overwritten', async () => {
  const app = await makeDelivered();
  await writeFiles(app, { '.github/workflows/mine.yml': 'mine\n', '.github/workflows/pr-ci.yml': 'mine too\n' });
  const refused = await command(app, 'synth');
  expect(refused.code).toBe(1);
  expect(refused.output).toMatch(/\.github\/workflows\/pr-ci\.yml is there, but was not generated/);
  expect(existsSync(join(app, 'infra'))).toBe(false);
  await command(app, 'synth', '--force');
  expect(await readFile(join(app, '.github/workflows/mine.yml'), 'utf8')).toBe('mine\n');
});

test('they go when the delivery goes', async () => {
  const app = await makeDelivered();
  await command(app, 'synth');
  await writeFile(join(app, 'keelson.config.ts'), config(''));
  expect((await command(app, 'synth')).output).toMatch(/^removed +\.github\/workflows\/deploy\.yml/m);
  expect(existsSync(join(app, '.github/workflows'))).toBe(false);
});

test('elsewhere than in infra they are written below, and the scripts name that folder', async () => {
  const app = await makeDelivered();
  const { output } = await command(app, 'synth', '--out', 'deploy/aws');
  expect(output).toContain('commit deploy/aws/.github/workflows as .github/workflows at the root of the repository');
  const file = join(app, 'deploy/aws/.github/workflows/pr-ci.yml');
  expect(await readFile(file, 'utf8')).toContain('terraform fmt -check -diff -recursive deploy/aws\n');
});
