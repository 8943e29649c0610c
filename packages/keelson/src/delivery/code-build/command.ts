/** One command of a phase, as buildspec.yml has it. */
export interface BuildCommand {
  /** Why it is there. */
  readonly comment: string;
  /**
   * Bash, of which the first failure is the end. It is read by a bash of its own: `set -e` in CodeBuild's would last for the
   * commands after it, or mean nothing, as it does wherever the outcome is looked at. One line may `export` instead.
   */
  readonly script: string;
}

export function printCommands(commands: readonly BuildCommand[]): string {
  return commands.map(printCommand).join('\n');
}

function printCommand({ comment, script }: BuildCommand): string {
  const why = comment.split('\n').map((line) => `# ${line}`);
  if (script.startsWith('export ')) return indent([...why, `- ${script}`], 6);
  const body = ["bash -euo pipefail /dev/fd/3 3<<'SCRIPT'", ...script.trim().split('\n'), 'SCRIPT'];
  return [indent([...why, '- |'], 6), indent(body, 8)].join('\n');
}

function indent(lines: readonly string[], width: number): string {
  return lines.map((line) => (line === '' ? '' : ' '.repeat(width) + line)).join('\n');
}
