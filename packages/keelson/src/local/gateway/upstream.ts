/** What the gateway sends requests to. */
export interface Upstream {
  readonly name: string;
  /**
   * Waits until it serves or is known not to.
   * @throws when the signal is aborted before
   */
  target(signal: AbortSignal): Promise<Target>;
}

export type Target = { readonly port: number } | { readonly reason: string; readonly tail: string };

/** Milliseconds that a request waits for a service that is starting. */
export const holdTime = 10_000;

/** Bytes; as much as an Application Load Balancer takes. A service takes less, and answers for itself. */
export const maxHeaderSize = 65_536;
