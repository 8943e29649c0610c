import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { cleanUp } from '../dev/harness.ts';
import { command, filesIn, makeApp } from './app.ts';

afterEach(cleanUp);

test('state bootstrap writes the stack of the bucket, which synth then leaves alone', async () => {
  const app = await makeApp({ more: "state: { bucket: 'shop-terraform-state', locking: 'dynamodb' }" });
  const { code, output } = await command(app, 'state', 'bootstrap');
  expect(output).toContain('terraform -chdir=infra/state init && terraform -chdir=infra/state apply');
  expect(code).toBe(0);
  const state = filesIn(join(app, 'infra', 'state'));
  expect(state.get('bucket.tf')).toMatch(/aws_s3_bucket" "state"[\s\S]*shop-terraform-state-locks/);

  expect((await command(app, 'synth')).code).toBe(0);
  expect(filesIn(join(app, 'infra', 'state'))).toEqual(state);
  const files = filesIn(join(app, 'infra'));
  expect(files.get('dev/backend.tf')).toMatch(/key += "shop\/dev\/terraform.tfstate"/);
  expect((await command(app, 'state', 'bootstrap')).output).toContain('Nothing to change');
});

test('state bootstrap --out ends with the synth that goes on there', async () => {
  const app = await makeApp({ more: "state: { bucket: 'shop-terraform-state', locking: 'dynamodb' }" });
  const { output } = await command(app, 'state', 'bootstrap', '--out', 'deploy/aws');
  expect(output).toMatch(/ {2}npx keelson synth --out deploy\/aws\n/);
});

test('without a bucket in the configuration there is nothing to bootstrap', async () => {
  const app = await makeApp();
  const { code, output } = await command(app, 'state', 'bootstrap');
  expect([code, existsSync(join(app, 'infra'))]).toEqual([1, false]);
  expect(output).toMatch(/keeps its state in files[\s\S]*state: \{ bucket/);
});

test.each([[['state']], [['state', 'bootstarp']]])('%j is answered with what there is, exit code 2', async (args) => {
  const { code, output } = await command(await makeApp(), ...args);
  expect(code).toBe(2);
  expect(output).toContain('npx keelson state bootstrap');
});
