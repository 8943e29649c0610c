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

/** The command, where CodeBuild comes after a failed build too. */
export function afterSuccess({ comment, script }: BuildCommand): BuildCommand {
  return {
    comment: `${comment}\nCodeBuild comes here after a failed build too.`,
    script: `${onlyAfterSuccess}\n${script.trim()}`,
  };
}

const onlyAfterSuccess = `if [ "$CODEBUILD_BUILD_SUCCEEDING" != 1 ]; then
  echo "Not built: nothing changes in $ENVIRONMENT." >&2
  exit 1
fi`;

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
