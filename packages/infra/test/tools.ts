import { spawnSync } from 'node:child_process';
import { hasEmulator } from './terraform/emulator.ts';
import { findMirror } from './terraform/mirror.ts';

/** Write-only arguments came with it. */
const oldestTerraform = [1, 11] as const;

/** Whether a Terraform of at least 1.11 is on this machine. */
export function hasTerraform(): boolean {
  const [, major, minor] = /^Terraform v(\d+)\.(\d+)/.exec(output('terraform', ['version'])) ?? [];
  const [oldestMajor, oldestMinor] = oldestTerraform;
  return Number(major) > oldestMajor || (Number(major) === oldestMajor && Number(minor) >= oldestMinor);
}

/** Says what this machine lacks for tests with Terraform and its provider; `undefined` when it has all. */
export function lackingForTerraform(): string | undefined {
  return inWords(absentForTerraform());
}

/** The same for whole applies in an emulated account. */
export function lackingForApply(): string | undefined {
  return inWords([
    ...absentForTerraform(),
    ...(hasEmulator() ? [] : ['moto_server, the AWS emulator']),
    ...(output('aws', ['--version']) === '' ? ['aws, the AWS command line'] : []),
  ]);
}

function absentForTerraform(): string[] {
  return [
    ...(hasTerraform() ? [] : [`terraform ≥ ${oldestTerraform.join('.')}`]),
    ...(findMirror() ? [] : ['a mirror with the AWS provider (KEELSON_TERRAFORM_MIRROR)']),
  ];
}

/** `describe.skipIf` says nothing by itself. */
export function saySkipped(what: string, reason: string | undefined): boolean {
  if (reason !== undefined) console.log(`skipped: ${what} (${reason})`);
  return reason !== undefined;
}

function inWords(lacking: readonly string[]): string | undefined {
  return lacking.length === 0 ? undefined : `this machine lacks ${lacking.join('; ')}`;
}

function output(command: string, args: string[]): string {
  const env = { ...process.env, CHECKPOINT_DISABLE: '1' };
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'ignore'] });
  return status === 0 ? stdout : '';
}
