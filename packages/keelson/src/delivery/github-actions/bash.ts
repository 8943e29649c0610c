/** A script of a step: the first command that fails ends it, and so does a variable that nobody set. */
export function bash(script: string): string {
  return `set -euo pipefail\n${script.trim()}\n`;
}

/** A pattern of `case` that is this word and nothing else: without quotes `esac` would end the statement. */
export function pattern(word: string): string {
  return `'${word}'`;
}
