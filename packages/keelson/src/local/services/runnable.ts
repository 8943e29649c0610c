/** What a service is run from: a program's sources, or a folder of files. */
export interface Runnable {
  /** Makes ready now, for the next `build`, while other things start. */
  ahead(): void;
  /**
   * Makes ready what runs, as the files are now.
   * @returns arguments for node
   * @throws Error with every place that does not compile
   */
  build(): Promise<string[]>;
  /** Whether a change of the file, relative to the app's folder, may change what the service does. */
  reads(file: string): boolean;
  /** What serves, where it is not the service itself: `nginx 1.22.1`. */
  readonly server?: string;
  /** What it starts is ended with it. @default false */
  readonly withChildren?: boolean;
  clean(): Promise<void>;
}
