import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findMirror } from './mirror.ts';

const run = promisify(execFile);

/** The folder of a Terraform filesystem mirror with the AWS provider. */
export const mirror = findMirror();

export interface Workspace {
  readonly folder: string;
  /** Gives what it printed; rejects when it fails. */
  terraform(...args: string[]): Promise<string>;
  add(path: string, text: string): void;
  remove(): void;
}

/**
 * A folder where Terraform works without the internet, with the provider of the mirror.
 * @param state where it is kept: in a file of the folder, whatever the configuration says, or where that says
 */
export function workspace(
  files: ReadonlyMap<string, string>,
  below: string,
  variables: Readonly<Record<string, string>> = {},
  state: 'file' | 'as configured' = 'file',
): Workspace {
  const root = mkdtempSync(join(tmpdir(), 'keelson-terraform-'));
  const folder = join(root, below);
  const add = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const [path, text] of files) add(path, text);
  add(
    'terraform.rc',
    `disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror { path = ${JSON.stringify(mirror)} }\n}\n`,
  );
  // The mirror may hold an older provider than a person would get.
  add(
    `${below}/version_override.tf`,
    'terraform {\n  required_providers {\n    aws = {\n      source  = "hashicorp/aws"\n      version = ">= 5.100"\n    }\n  }\n}\n',
  );
  if (state === 'file') add(`${below}/backend_override.tf`, 'terraform {\n  backend "local" {}\n}\n');
  // Some versions of the provider do not start with a machine's own certificates; the emulator speaks plain http.
  const { AWS_CA_BUNDLE: _, ...shell } = process.env;
  const env = { ...shell, ...variables, TF_CLI_CONFIG_FILE: join(root, 'terraform.rc'), TF_IN_AUTOMATION: '1' };
  return {
    folder,
    add,
    terraform: async (...args) => {
      const { stdout } = await run('terraform', args, { cwd: folder, env, encoding: 'utf8', maxBuffer: 2 ** 26 });
      return stdout;
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
