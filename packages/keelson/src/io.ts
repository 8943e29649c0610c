/** Everything a command touches outside itself; a test gives its own. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  /**
   * Calls the listener each time the user asks the command to stop (Ctrl-C, SIGTERM, SIGHUP).
   * @returns how to stop listening; without a listener the process ends
   */
  onStop(listener: (signal: string) => void): () => void;
}

/** The subset of a readable stream that commands read from. */
export interface Input extends AsyncIterable<Buffer> {
  readonly isTTY?: boolean;
  /** On a terminal: keys as they are pressed, without showing them. */
  setRawMode?(raw: boolean): unknown;
}

/** The subset of a writable stream that commands print to. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}
