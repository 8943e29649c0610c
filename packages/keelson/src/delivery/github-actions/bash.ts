/** A script of a step: the first command that fails ends it, and so does a variable that nobody set. */
export function bash(script: string): string {
  return `set -euo pipefail\n${script.trim()}\n`;
}
