import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProviderSchema } from './merge.ts';

const configuration = 'terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws" }\n  }\n}\n';

/** The AWS provider's own schema: from a file, or from Terraform itself. */
export function readProviderSchema(path: string | undefined, mirror: string | undefined): ProviderSchema {
  const json = path === undefined ? askTerraform(mirror) : readFileSync(path, 'utf8');
  const { provider_schemas: schemas } = JSON.parse(json) as { provider_schemas: Record<string, ProviderSchema> };
  const schema = schemas['registry.terraform.io/hashicorp/aws'];
  if (!schema) throw new Error('no schema of hashicorp/aws was found');
  return schema;
}

function askTerraform(mirror: string | undefined): string {
  const folder = mkdtempSync(join(tmpdir(), 'keelson-schema-'));
  try {
    writeFileSync(join(folder, 'main.tf'), configuration);
    const env = { ...process.env, TF_CLI_CONFIG_FILE: writeCliConfig(folder, mirror) };
    const run = (...args: string[]) =>
      execFileSync('terraform', args, { cwd: folder, env, encoding: 'utf8', maxBuffer: 2 ** 28 });
    run('init', '-input=false', '-no-color');
    return run('providers', 'schema', '-json');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeCliConfig(folder: string, mirror: string | undefined): string {
  const path = join(folder, 'terraform.rc');
  const installation = mirror
    ? `provider_installation {\n  filesystem_mirror { path = ${JSON.stringify(mirror)} }\n}\n`
    : '';
  writeFileSync(path, `disable_checkpoint = true\n${installation}`);
  return path;
}
