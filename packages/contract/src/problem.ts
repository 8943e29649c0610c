/** One thing that is wrong in what a person wrote: where, why, and the way out. */
export interface Problem {
  /** Dotted path from the root of the checked value, e.g. `services.api.port`; `''` is the root itself. */
  readonly path: string;
  /** Why the value cannot be used. Never contains a secret. */
  readonly message: string;
  /** What to write instead. */
  readonly hint: string;
}
