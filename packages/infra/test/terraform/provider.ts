import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { mirror } from './offline.ts';

/**
 * The AWS provider in a process of its own. Terraform otherwise starts it, and reads its 700 MB, for every command. For
 * commands that ask AWS for nothing: configured a second time, it refuses a CA bundle (AWS_CA_BUNDLE).
 */
export interface Provider {
  /** What Terraform reads to talk to it; nothing where it cannot run so: Terraform then starts the mirror's. */
  readonly variables: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export async function startProvider(variables: Readonly<Record<string, string>>): Promise<Provider> {
  const program = unpacked();
  if (program === undefined) return { variables: {}, stop: async () => undefined };
  const env = { ...process.env, ...variables };
  const child = spawn(program, ['-debug'], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const reattach = await Promise.race([
    addressIn(lines),
    exited.then(([code]) => Promise.reject(new Error(`the AWS provider ended with ${String(code)}`))),
  ]);
  return {
    variables: { TF_REATTACH_PROVIDERS: reattach },
    stop: async () => {
      // Its way to end: any other leaves its socket behind.
      child.kill('SIGINT');
      await exited;
    },
  };
}

async function addressIn(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) {
    const [, address] = /TF_REATTACH_PROVIDERS='(.+)'/.exec(line) ?? [];
    if (address !== undefined) return address;
  }
  throw new Error('the AWS provider says no address');
}

/** The newest in the mirror, where that keeps it unpacked. */
function unpacked(): string | undefined {
  const home = join(mirror ?? '', 'registry.terraform.io/hashicorp/aws');
  const platform = `${process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const folders = existsSync(home) ? readdirSync(home).map((version) => join(home, version, platform)) : [];
  const programs = folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((path) => /terraform-provider-aws[\w.]*$/.test(path));
  return programs.toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true })).at(-1);
}
