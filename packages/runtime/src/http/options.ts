import type { DestinationStream } from 'pino';

/** How a service differs from the defaults. */
export interface ServiceOptions {
  /** Title of the API in its documentation. @default `KEELSON_SERVICE` */
  readonly title?: string;
  /** Version of the API in its documentation. @default '0.0.0' */
  readonly version?: string;
  readonly description?: string;
  /** Serve /docs and /openapi.json. @default outside production, or with `DOCS=1` */
  readonly docs?: boolean;
  /** Bytes a request body may have. @default 1048576 (1 MiB) */
  readonly bodyLimit?: number;
  /** Milliseconds a request may take to arrive, headers and body; later is 408. @default 10000 */
  readonly requestTimeout?: number;
  /** Milliseconds the event loop may be late before requests get 503. @default 1000 */
  readonly maxEventLoopDelay?: number;
  /** Pages of these exact origins, and of those in `CORS_ORIGINS`, may call the API from a browser, without cookies. @default none */
  readonly cors?: { readonly origins: readonly string[] };
  /**
   * Milliseconds that a stopping service goes on taking requests, so that a load balancer notices first.
   * @default 5000 in production, otherwise and on Lambda 0
   */
  readonly stopGrace?: number;
}

/** How one build of a service differs, in a test for example. */
export interface BuildOptions {
  /** `false`: no logs; a stream gets JSON lines. @default standard output */
  readonly logger?: false | DestinationStream;
}
