import { execFileSync } from 'node:child_process';

/** Whether a Terraform of at least 1.11 is on this machine. */
export function hasTerraform(): boolean {
  return version('terraform', ['version']) !== undefined;
}

function version(command: string, args: string[]): string | undefined {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return undefined;
  }
}
