/**
 * A secret as an accessor: the value may be rotated while the service runs, so nobody keeps a copy.
 * `toString` and `JSON.stringify` give a mask.
 */
export interface Secret {
  /** Name of the variable it came from. */
  readonly name: string;
  /**
   * The value now.
   * @throws KeelsonError `SECRET_UNAVAILABLE` while it is `UNSET` or was never read
   */
  value(): string;
  /** The value now, then values it had before that are still to be accepted (rotation). */
  values(): readonly string[];
}
