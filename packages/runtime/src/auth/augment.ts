import type {
  ContextConfigDefault,
  FastifyBaseLogger,
  FastifySchema,
  FastifyTypeProvider,
  FastifyTypeProviderDefault,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerBase,
  RawServerDefault,
  RouteGenericInterface,
} from 'fastify';
import type { Authenticator } from './authenticator.ts';
import type { Identity, Person } from './identity.ts';
import type { AuthRule } from './rule.ts';

/** How a machine gets a token (OAuth 2.0, client credentials). */
export interface TokenDocumentation {
  /** A path below the service's own address, or a URL. Absent: the documentation takes tokens, but gets none. */
  readonly tokenUrl?: string;
  /** What a machine puts before a scope's short name when it asks for one. */
  readonly scopePrefix: string;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Adds a way to find out who calls. Call it before the service is ready. */
    addAuthenticator(authenticator: Authenticator): void;
    /** Tells the API's documentation how a machine gets a token; only there when the API is documented. */
    describeTokens(documentation: TokenDocumentation): void;
    /** Tells the API's documentation how people prove who they are. @default 'session' */
    describePeople(by: 'session' | 'bearer'): void;
  }

  interface FastifyRequest {
    /** Who calls, as the route's rule demanded it. `null` on a public route: ask `person()` there. */
    identity: Identity | null;
    /**
     * The signed-in person on any route, public ones included; `null` for a stranger.
     * Looked up on the first call only, so a public route that never asks costs nothing and needs no session store.
     * @throws KeelsonError `SESSION_STORE_UNAVAILABLE`
     */
    person(): Promise<Person | null>;
  }

  // A merged declaration must repeat the type parameters of the original.
  interface RouteShorthandOptions<
    RawServer extends RawServerBase = RawServerDefault,
    RawRequest extends RawRequestDefaultExpression<RawServer> = RawRequestDefaultExpression<RawServer>,
    RawReply extends RawReplyDefaultExpression<RawServer> = RawReplyDefaultExpression<RawServer>,
    RouteGeneric extends RouteGenericInterface = RouteGenericInterface,
    ContextConfig = ContextConfigDefault,
    SchemaCompiler extends FastifySchema = FastifySchema,
    TypeProvider extends FastifyTypeProvider = FastifyTypeProviderDefault,
    Logger extends FastifyBaseLogger = FastifyBaseLogger,
  > {
    /** Who may call the route. @default 'user' */
    auth?: AuthRule;
  }
}
