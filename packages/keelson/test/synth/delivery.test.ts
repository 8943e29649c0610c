import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { cleanUp, writeFiles } from '../dev/harness.ts';
import { appConfig, command, filesIn, makeApp } from './app.ts';

afterEach(cleanUp);

const delivery = (owner = 'shop-owner') =>
  `delivery: { provider: 'codebuild', repository: 'https://github.com/${owner}/shop' }, state: { bucket: 'shop-state' }`;
const config = (text = delivery()) =>
  appConfig({ environments: '{ dev: { ephemeral: true }, test: { ephemeral: true } }', more: text });

async function makeDelivered(): Promise<string> {
  const app = await makeApp();
  await writeFile(join(app, 'keelson.config.ts'), config());
  return app;
}

test('writes buildspec.yml at the root, remembers it, and changes nothing the second time', async () => {
  const app = await makeDelivered();
  const { code, output } = await command(app, 'synth');
  expect(output).toMatch(/^written +buildspec\.yml$/m);
  expect(output).toContain('commit and push buildspec.yml');
  expect(output).toContain('aws codebuild start-build --region eu-central-1 --project-name shop-dev-deliver');
  expect(output).not.toContain('-chdir=infra/..');
  expect(code).toBe(0);
  expect(await readFile(join(app, 'buildspec.yml'), 'utf8')).toContain('infra="infra/$ENVIRONMENT"');
  expect(filesIn(join(app, 'infra')).get('.keelson.json')).toContain('"../buildspec.yml": "');
  expect((await command(app, 'synth')).output).toMatch(/^Nothing to change: \d+ unchanged\.\n$/);
});

test('says each time that the repository still is the example of the template', async () => {
  const app = await makeDelivered();
  await writeFile(join(app, 'keelson.config.ts'), config(delivery('acme')));
  for (const _run of [1, 2]) {
    const { code, output } = await command(app, 'synth');
    expect(code).toBe(0);
    expect(output).toContain('note delivery.repository is https://github.com/acme/shop, the template');
  }
  await writeFile(join(app, 'keelson.config.ts'), config());
  expect((await command(app, 'synth')).output).not.toContain('note ');
});

test('with --env it is written too: it is one for all environments', async () => {
  const app = await makeDelivered();
  expect((await command(app, 'synth', '--env', 'test')).code).toBe(0);
  expect(existsSync(join(app, 'buildspec.yml'))).toBe(true);
  expect(existsSync(join(app, 'infra', 'dev'))).toBe(false);
});

test('an edit is noticed and shown, and overwritten with --force alone', async () => {
  const app = await makeDelivered();
  await command(app, 'synth');
  const generated = await readFile(join(app, 'buildspec.yml'), 'utf8');
  await appendFile(join(app, 'buildspec.yml'), '# mine\n');
  const refused = await command(app, 'synth');
  expect(refused.code).toBe(1);
  expect(refused.output).toMatch(/^error buildspec\.yml was edited by hand/m);
  expect(refused.output).toMatch(/^--- buildspec\.yml \(as it is\)$/m);
  expect(refused.output).toMatch(/^-# mine$/m);
  expect(await readFile(join(app, 'buildspec.yml'), 'utf8')).toBe(`${generated}# mine\n`);
  expect((await command(app, 'synth', '--force')).code).toBe(0);
  expect(await readFile(join(app, 'buildspec.yml'), 'utf8')).toBe(generated);
});

test('a buildspec.yml of one’s own is not overwritten, and nothing else is written', async () => {
  const app = await makeDelivered();
  await writeFiles(app, { 'buildspec.yml': 'version: 0.2\n' });
  const { code, output } = await command(app, 'synth');
  expect(code).toBe(1);
  expect(output).toContain('buildspec.yml is there, but was not generated');
  expect(existsSync(join(app, 'infra'))).toBe(false);
});

test('it goes with the delivery, and stays when it was edited', async () => {
  const app = await makeDelivered();
  await command(app, 'synth');
  await writeFile(join(app, 'keelson.config.ts'), config(''));
  const { output } = await command(app, 'synth');
  expect(output).toMatch(/^removed +buildspec\.yml {2}\(no longer generated\)$/m);
  expect([existsSync(join(app, 'buildspec.yml')), existsSync(join(app, 'src', 'main.ts'))]).toEqual([false, true]);

  await writeFile(join(app, 'keelson.config.ts'), config());
  await command(app, 'synth');
  await appendFile(join(app, 'buildspec.yml'), '# mine\n');
  await writeFile(join(app, 'keelson.config.ts'), config(''));
  expect((await command(app, 'synth')).output).toMatch(/^kept +buildspec\.yml /m);
  expect(existsSync(join(app, 'buildspec.yml'))).toBe(true);
});

test('with --out everything is below that folder', async () => {
  const app = await makeDelivered();
  const { output } = await command(app, 'synth', '--out', 'deploy');
  expect(output).toContain('commit deploy/buildspec.yml as buildspec.yml at the root of the repository');
  expect([existsSync(join(app, 'buildspec.yml')), existsSync(join(app, 'infra'))]).toEqual([false, false]);
  expect(await readFile(join(app, 'deploy', 'buildspec.yml'), 'utf8')).toContain('infra="deploy/$ENVIRONMENT"');
  expect((await command(app, 'synth', '--out', './infra')).output).toMatch(/^written +buildspec\.yml$/m);
});

const byPipeline = `delivery: {
    provider: 'codepipeline', repository: 'https://github.com/acme/shop', branches: { main: 'dev' },
    releases: { tags: 'v*', environment: 'test' }, approval: ['test'],
  }, state: { bucket: 'shop-state' }`;

test('a delivery by pipelines writes both of its files, and says what a person does and what starts it', async () => {
  const app = await makeDelivered();
  await writeFile(join(app, 'keelson.config.ts'), config(byPipeline));
  const { code, output } = await command(app, 'synth');
  expect(code).toBe(0);
  expect(output).toMatch(/^written +buildspec\.yml\nwritten +deployspec\.yml$/m);
  expect(output).toContain('terraform -chdir=infra/shared output -raw connection_authorisation   (once, by a person:');
  expect(output).toContain(
    'commit and push buildspec.yml and deployspec.yml: CodeBuild reads them from the repository',
  );
  expect(output).toContain('a push to main delivers to dev: pipeline shop-dev');
  expect(output).toContain('a tag v* delivers to test (after an approval): pipeline shop-test');
  expect(filesIn(join(app, 'infra')).get('.keelson.json')).toContain('"../deployspec.yml": "');
  expect((await command(app, 'synth')).output).toMatch(/^Nothing to change/);

  await writeFile(join(app, 'keelson.config.ts'), config());
  const changed = (await command(app, 'synth')).output;
  expect(changed).toMatch(/^removed +deployspec\.yml {2}\(no longer generated\)$/m);
  expect(changed).not.toContain('connection_authorisation');
  expect(existsSync(join(app, 'deployspec.yml'))).toBe(false);
});

test('from CodeCommit there is nothing to authorise, but a place to push to', async () => {
  const app = await makeDelivered();
  const text = byPipeline.replace("repository: 'https://github.com/acme/shop'", "source: 'codecommit'");
  await writeFile(join(app, 'keelson.config.ts'), config(text));
  const { code, output } = await command(app, 'synth', '--out', 'deploy');
  expect(code).toBe(0);
  expect(output).toContain('terraform -chdir=deploy/shared output -raw repository_url');
  expect(output).not.toContain('connection_authorisation');
  expect(output).toContain(
    'commit deploy/buildspec.yml and deploy/deployspec.yml as buildspec.yml and deployspec.yml at the root',
  );
});

test('state bootstrap leaves it alone', async () => {
  const app = await makeDelivered();
  await command(app, 'synth');
  expect((await command(app, 'state', 'bootstrap')).code).toBe(0);
  expect(existsSync(join(app, 'buildspec.yml'))).toBe(true);
  expect((await command(app, 'synth')).output).toContain('Nothing to change');
});

test('what cannot be delivered is a problem before anything is written', async () => {
  const app = await makeApp();
  await writeFile(join(app, 'keelson.config.ts'), config("delivery: { provider: 'codebuild' }"));
  const { code, output } = await command(app, 'synth');
  expect(code).toBe(1);
  expect(output).toMatch(/delivery\.repository: is missing\n +.*https:\/\/github\.com/);
  expect(output).toMatch(
    /state: is missing: a pipeline cannot use .*\n +Add `state: \{ bucket: 'shop-terraform-state' \}`/,
  );
  expect(existsSync(join(app, 'infra'))).toBe(false);
});

test.each([
  '../keelson.config.ts',
  '../package.json',
  '../.github/../package.json',
  '../src/buildspec.yml',
  '../src/deployspec.yml',
  '../appspec.yml',
  '../../buildspec.yml',
])('a record that names %s is refused: only files of a delivery are outside of the folder', async (path) => {
  const app = await makeDelivered();
  await writeFiles(app, { 'infra/.keelson.json': JSON.stringify({ files: { [path]: '0'.repeat(64) } }) });
  const { code, output } = await command(app, 'synth');
  expect([code, output.includes('.keelson.json cannot be read')]).toEqual([1, true]);
});
