import { writeSync } from 'node:fs';

/** What node ends with when it has nothing left to do and the main module still waits. */
const nothingLeft = 13;

/**
 * A module of the user's that ends the process (`process.exit`), or waits for what never comes, would end the command
 * without a word, and as if all were well: says so, and makes the exit code 1.
 *
 * @param placeOf where in the user's files the call is, if it is there
 * @param clean runs then
 * @returns how to end the guard
 */
export function guardImport(
  file: string,
  placeOf: (error: Error) => string | undefined,
  clean: () => void,
): () => void {
  const exiting = () => {
    const code = process.exitCode;
    const call = placeOf(new Error('exit'));
    const waits = call === undefined && code === nothingLeft;
    if (call === undefined && !waits) return;
    const place = call ?? file;
    const what = waits ? 'waits (`await`) for something that never comes' : `ends the process (exit code ${code ?? 0})`;
    writeSync(2, `error ${place}: ${what}; it has to be loaded to its end.\n`);
    process.exitCode = 1;
    clean();
  };
  process.once('exit', exiting);
  return () => void process.off('exit', exiting);
}
