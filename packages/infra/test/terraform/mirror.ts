import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Beside the repository, where there is one: prints the folder of a mirror. */
const finder = fileURLToPath(new URL('../../../../../shared/bin/terraform-mirror', import.meta.url));

/**
 * The folder of a Terraform filesystem mirror with the AWS provider: `KEELSON_TERRAFORM_MIRROR`, or what is found beside
 * the repository; `undefined` when this machine has none.
 */
export function findMirror(): string | undefined {
  found ??= { folder: process.env['KEELSON_TERRAFORM_MIRROR'] || search() };
  return found.folder;
}

/** Looking takes seconds. */
let found: { folder: string | undefined } | undefined;

function search(): string | undefined {
  if (!existsSync(finder)) return undefined;
  const { status, stdout } = spawnSync(finder, [], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return status === 0 ? stdout.trim() || undefined : undefined;
}
