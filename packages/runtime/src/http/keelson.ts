import type { PublicUrl } from '../config/public-url.ts';
import type { ServiceConfig } from '../config/service-config.ts';

/** What the plugins of one service share; `app.keelson`. */
export interface Keelson {
  readonly config: ServiceConfig;
  readonly publicUrl: PublicUrl;
  readonly lifecycle: Lifecycle;
}

export interface Lifecycle {
  /** True from the first stop signal on: `/ready` fails and answers close their connection. */
  stopping: boolean;
}

declare module 'fastify' {
  interface FastifyInstance {
    readonly keelson: Keelson;
  }
}
