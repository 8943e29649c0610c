/**
 * What must outlive a process so that a logout holds everywhere: revocations, and values that may be used once.
 * The session itself lives in the encrypted cookie.
 *
 * Implementations reject with the driver's own error when the store cannot be reached; callers turn that into 503.
 */
export interface SessionStore {
  /**
   * Ends sessions: everything under `key` (`iss|sid` or `iss|sub`) issued before `notBefore` is void.
   * @param expiresAt when the record may be forgotten (the sessions' absolute end)
   */
  revoke(key: string, notBefore: Date, expiresAt: Date): Promise<void>;
  /** The latest `notBefore` of each key that has one. */
  notBefore(keys: readonly string[]): Promise<ReadonlyMap<string, Date>>;
  /** Marks `key` as used; `false` when it was used before. Atomic across processes. */
  consume(key: string, expiresAt: Date): Promise<boolean>;
}
