import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Identity } from './identity.ts';

/** One way to find out who calls. Register it with `app.addAuthenticator`. */
export interface Authenticator {
  /**
   * `session` proves a person at a browser and serves the rules `'user'` and `{ role }`;
   * `bearer` proves the holder of an access token and serves `{ scopes }`. Neither stands in for the other.
   */
  readonly kind: 'session' | 'bearer';
  /**
   * Who calls; `null` without usable credentials.
   * @throws KeelsonError when that cannot be told right now (503)
   */
  authenticate(request: FastifyRequest, reply: FastifyReply): Identity | null | Promise<Identity | null>;
  /** Value of `WWW-Authenticate` in a 401 to this request. */
  challenge(request: FastifyRequest): string;
  /** Where a browser goes to sign in and come back to `returnTo`, a path of this service. Absent: it gets the 401 too. */
  loginPage?(returnTo: string): string;
}
