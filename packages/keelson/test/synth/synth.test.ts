import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { cleanUp, writeFiles } from '../dev/harness.ts';
import { appConfig, command, filesIn, makeApp } from './app.ts';

afterEach(cleanUp);

test('writes infra/shared and a directory per environment, and says what to do next', async () => {
  const app = await makeApp();
  const { code, output } = await command(app, 'synth');
  expect(output).toContain('written  infra/dev/network.tf');
  expect(output).toContain('terraform -chdir=infra/shared init');
  expect(output).toContain('npx keelson build --push --env dev');
  expect(output).toContain('npx keelson secret list --env dev');
  expect(output).toContain('cp infra/dev/terraform.tfvars.example infra/dev/terraform.tfvars');
  expect(code).toBe(0);
  const files = [...filesIn(join(app, 'infra')).keys()];
  expect(files).toEqual(
    expect.arrayContaining(['.gitignore', '.keelson.json', 'shared/registry.tf', 'dev/api.tf', 'prod/api.tf']),
  );
  expect(files.filter((file) => file.includes('.keelson-'))).toEqual([]);
});

test('names the commands for secrets to an app that has some, and to no other', async () => {
  const app = await makeApp();
  const plain = appConfig()
    .replace(/resources: \{[^]*?\n {2}\},/, '')
    .replace(/, uses: \[.*?\]/, '');
  await writeFile(join(app, 'keelson.config.ts'), plain);
  const { code, output } = await command(app, 'synth');
  expect([code, output.includes('terraform -chdir=infra/dev'), output.includes('secret')]).toEqual([0, true, false]);
});

test('running it twice changes nothing, not even a file’s time', async () => {
  const app = await makeApp();
  await command(app, 'synth');
  const before = filesIn(join(app, 'infra'));
  const times = () => [...before.keys()].map((path) => statSync(join(app, 'infra', path)).mtimeMs);
  const written = times();
  const { code, output } = await command(app, 'synth');
  expect(output).toMatch(/^Nothing to change: \d+ unchanged\.\n$/);
  expect(code).toBe(0);
  expect(filesIn(join(app, 'infra'))).toEqual(before);
  expect(times()).toEqual(written);
});

test('the record is sorted and holds no time: two machines write the same', async () => {
  const [one, two] = [await makeApp(), await makeApp()];
  await command(one, 'synth');
  await command(two, 'synth', '--env', 'dev');
  await command(two, 'synth', '--env', 'prod');
  const record = await readFile(join(one, 'infra', '.keelson.json'), 'utf8');
  expect(await readFile(join(two, 'infra', '.keelson.json'), 'utf8')).toBe(record);
  const paths = Object.keys((JSON.parse(record) as { files: object }).files);
  expect(paths).toEqual(paths.toSorted());
});

test('every problem of the contract and of AWS is printed at once, exit code 1, no file touched', async () => {
  const app = await makeApp({
    region: 'frankfurt',
    environments: `{
      dev: { ephemeral: true, cpu: 256, memory: 4096, network: { cidr: '10.0.0.0/16' } },
      prod: { network: { cidr: '10.0.128.0/17' } } }`,
  });
  const { code, output } = await command(app, 'synth');
  expect(code).toBe(1);
  for (const path of ['region', 'environments.dev', 'environments.prod.network.cidr', 'environments.prod.domain']) {
    expect(output).toMatch(new RegExp(`^  ${path.replaceAll('.', '\\.')}\\S*: .+\n {4}\\S`, 'm'));
  }
  expect(output).toMatch(/512.*1024.*2048/);
  expect(output).not.toMatch(/^\s+at /m);
  expect(existsSync(join(app, 'infra'))).toBe(false);
});

test('a generated file that was edited is not overwritten: named, with the difference, exit code 1', async () => {
  const app = await makeApp();
  await command(app, 'synth');
  const file = join(app, 'infra', 'dev', 'database.tf');
  await writeFile(file, (await readFile(file, 'utf8')).replace('max_capacity             = 4', 'max_capacity = 8'));
  // What would be written elsewhere is not written either.
  await writeFile(
    join(app, 'keelson.config.ts'),
    appConfig({ environments: '{ dev: { ephemeral: true, logDays: 7 } }' }),
  );
  const before = filesIn(join(app, 'infra'));

  const { code, output } = await command(app, 'synth');
  expect(code).toBe(1);
  expect(output).toContain('infra/dev/database.tf was edited by hand');
  expect(output).toMatch(/^--- dev\/database\.tf.*\n\+\+\+ dev\/database\.tf.*\n@@ -\d+,\d+ \+\d+,\d+ @@$/m);
  expect(output).toMatch(/^- +max_capacity = 8$/m);
  expect(output).toMatch(/^\+ +max_capacity {2,}= 4$/m);
  expect(output).toContain('--force');
  expect(filesIn(join(app, 'infra'))).toEqual(before);

  const forced = await command(app, 'synth', '--force');
  expect(forced.code).toBe(0);
  expect(await readFile(file, 'utf8')).toMatch(/max_capacity {2,}= 4/);
  expect((await command(app, 'synth')).output).toContain('Nothing to change');
});

test('an edit is noticed on a machine that checked the files out, whatever the line endings there', async () => {
  const app = await makeApp();
  await command(app, 'synth');
  for (const [path, text] of filesIn(join(app, 'infra'))) {
    await writeFile(join(app, 'infra', path), text.replaceAll('\n', '\r\n'));
  }
  expect((await command(app, 'synth')).output).toContain('Nothing to change');
  await appendFile(join(app, 'infra', 'dev', 'network.tf'), '# mine\n');
  const { code, output } = await command(app, 'synth');
  expect([code, /^-# mine$/m.test(output)]).toEqual([1, true]);
});

test('a file of the user’s own that stands in the way is not overwritten', async () => {
  const app = await makeApp();
  await writeFiles(app, { 'infra/dev/network.tf': '# my own network\n' });
  const { code, output } = await command(app, 'synth');
  expect(code).toBe(1);
  expect(output).toContain('infra/dev/network.tf is there, but was not generated');
  expect([...filesIn(join(app, 'infra')).keys()]).toEqual(['dev/network.tf']);
});

test('files that the user added beside are left alone', async () => {
  const app = await makeApp();
  await command(app, 'synth');
  const own = {
    'infra/dev/extra.tf': '# mine\n',
    'infra/dev/terraform.tfvars': 'auth0_domain = "a.b"\n',
    'infra/own/a.tf': '',
  };
  await writeFiles(app, own);
  await writeFile(join(app, 'keelson.config.ts'), appConfig({ environments: '{ dev: { ephemeral: true } }' }));
  expect((await command(app, 'synth', '--force')).code).toBe(0);
  for (const [path, text] of Object.entries(own)) expect(await readFile(join(app, path), 'utf8')).toBe(text);
});

test('what is no longer generated is removed, or kept with a word when it was edited', async () => {
  const app = await makeApp();
  await command(app, 'synth');
  await appendFile(join(app, 'infra', 'prod', 'database.tf'), '# mine\n');
  await writeFile(
    join(app, 'keelson.config.ts'),
    appConfig({ environments: '{ dev: { ephemeral: true, logDays: 3 } }' }),
  );
  const { code, output } = await command(app, 'synth');
  expect(code).toBe(0);
  expect(output).toContain('removed  infra/prod/network.tf');
  expect(output).toMatch(/^kept +infra\/prod\/database\.tf .*edited by hand/m);
  expect(output).toMatch(/If prod still runs in AWS.*destroy it first/);
  expect([...filesIn(join(app, 'infra', 'prod')).keys()]).toEqual(['database.tf']);
  expect((await command(app, 'synth')).output).toContain('Nothing to change');

  await rm(join(app, 'infra', 'prod', 'database.tf'));
  await writeFile(join(app, 'keelson.config.ts'), appConfig());
  expect((await command(app, 'synth')).code).toBe(0);
  expect(filesIn(join(app, 'infra', 'prod')).size).toBeGreaterThan(5);
});

test('--env writes that environment and what is shared, and leaves the others as they are', async () => {
  const app = await makeApp();
  await command(app, 'synth');
  const prod = filesIn(join(app, 'infra', 'prod'));
  await writeFile(
    join(app, 'keelson.config.ts'),
    appConfig({
      environments: '{ dev: { ephemeral: true, logDays: 5 }, prod: { domain: "app.example.com", logDays: 90 } }',
    }),
  );
  const { output } = await command(app, 'synth', '--env', 'dev');
  expect(output).toContain('written  infra/dev/api.tf');
  expect(output).not.toContain('infra/prod');
  expect(output).toContain('terraform -chdir=infra/dev plan');
  expect(filesIn(join(app, 'infra', 'prod'))).toEqual(prod);

  const unknown = await command(app, 'synth', '--env', 'prd');
  expect(unknown).toMatchObject({ code: 1, output: expect.stringContaining('Did you mean prod?') as string });
});

test('--out chooses the folder', async () => {
  const app = await makeApp();
  const { output } = await command(app, 'synth', '--out', 'deploy/terraform');
  expect(output).toContain('written  deploy/terraform/dev/network.tf');
  expect(existsSync(join(app, 'infra'))).toBe(false);
});

test('all or nothing: when one file cannot be put in place, none is changed', async () => {
  const app = await makeApp();
  await command(app, 'synth');
  const infra = join(app, 'infra');
  const before = filesIn(infra);
  // The last directory in the order of writing cannot take its files.
  await writeFile(
    join(app, 'keelson.config.ts'),
    appConfig({
      environments:
        '{ dev: { ephemeral: true, logDays: 14 }, prod: { domain: "app.example.com" }, zoo: { ephemeral: true } }',
    }),
  );
  await writeFile(join(infra, 'zoo'), 'a file where a directory has to be\n');
  const { code, output } = await command(app, 'synth');
  expect(code).toBe(1);
  expect(output).toMatch(/infra cannot be written: .*\n +Nothing was changed\./);
  await rm(join(infra, 'zoo'));
  expect(filesIn(infra)).toEqual(before);
});

test('a run that was killed half way is finished by the next one', async () => {
  const app = await makeApp();
  await command(app, 'synth');
  const old = await readFile(join(app, 'infra', '.keelson.json'), 'utf8');
  await writeFile(
    join(app, 'keelson.config.ts'),
    appConfig({ environments: '{ dev: { ephemeral: true, logDays: 14 } }' }),
  );
  await command(app, 'synth', '--env', 'dev');
  await writeFile(join(app, 'infra', '.keelson.json'), old);
  await rm(join(app, 'infra', 'dev', 'network.tf'));
  const { code } = await command(app, 'synth');
  expect(code).toBe(0);
  expect(existsSync(join(app, 'infra', 'dev', 'network.tf'))).toBe(true);
});

test.each([
  ['conflict markers', '<<<<<<< HEAD\n'],
  ['a path that leads out', `{"files":{"../keelson.config.ts":"${'0'.repeat(64)}"}}`],
])('a record with %s is refused with a way out', async (_title, text) => {
  const app = await makeApp();
  await mkdir(join(app, 'infra'));
  await writeFile(join(app, 'infra', '.keelson.json'), text);
  const { code, output } = await command(app, 'synth');
  expect(code).toBe(1);
  expect(output).toMatch(/\.keelson\.json cannot be read\.\n +Bring it back/);
  expect([...filesIn(join(app, 'infra')).keys()]).toEqual(['.keelson.json']);
});
