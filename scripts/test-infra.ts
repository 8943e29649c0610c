/**
 * Tests the generated Terraform with Terraform itself: `npm run test:infra`, or `npm run test:infra:all` for every
 * environment. The arguments name the environments that are applied in an emulated AWS account and destroyed again: those
 * of the apps that have them (sso, quick, microservices: dev, prod; shows: dev, test, prod; users: feature with dev, and with prod
 * all four).
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findMirror } from '../packages/infra/test/terraform/mirror.ts';
import { lackingForApply } from '../packages/infra/test/tools.ts';

const repository = fileURLToPath(new URL('..', import.meta.url));
const folders = ['packages/infra/test', 'packages/keelson/test/synth'];

/** The users template names its environments otherwise. */
const alike: Readonly<Record<string, readonly string[]>> = { dev: ['feature'], prod: ['development', 'staging'] };
const environments = process.argv.slice(2).flatMap((name) => [name, ...(alike[name] ?? [])]);
const mirror = findMirror();
const lacking = lackingForApply();
console.log(
  lacking === undefined
    ? `Applies: ${environments.join(', ') || 'none'}. Provider from ${mirror}.`
    : `What needs a tool that is missing is skipped, and counted as skipped: ${lacking}.`,
);

const env = {
  ...process.env,
  KEELSON_TEST_APPLY: environments.join(','),
  ...(mirror === undefined ? {} : { KEELSON_TERRAFORM_MIRROR: mirror }),
};
const child = spawn(process.execPath, [vitest(), 'run', ...folders], { cwd: repository, env, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
child.on('close', (code) => {
  process.exitCode = code ?? 1;
});

function vitest(): string {
  return join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
}
