import type { FastifyReply, FastifyRequest } from 'fastify';
import { KeelsonError } from '../errors/index.ts';
import type { Authenticator } from './authenticator.ts';
import { kindFor } from './check-rules.ts';
import type { Identity, Machine } from './identity.ts';
import type { AuthRule } from './rule.ts';
import { wantsPage } from './wants-page.ts';

type Rule = Exclude<AuthRule, 'public'>;
type Done = (error?: Error) => void;

/** Lets the request go on when its caller meets the rule; answers 302, 401, 403 or 503 otherwise. */
export function admit(
  rule: Rule,
  authenticators: readonly Authenticator[],
  request: FastifyRequest,
  reply: FastifyReply,
  done: Done,
): void {
  const fitting = authenticators.filter(({ kind }) => kind === kindFor(rule));
  const decide = (identity: Identity | null): void => {
    if (identity === null) return void refuse(rule, authenticators, request, reply, done);
    request.identity = identity;
    done(objection(rule, identity, request, reply));
  };
  try {
    // A session that is known already is checked without a promise: this runs on every request.
    const found = identify(fitting, request, reply);
    if (found instanceof Promise) found.then(decide, done).catch(done);
    else decide(found);
  } catch (error) {
    done(error instanceof Error ? error : new Error(String(error)));
  }
}

function identify(authenticators: readonly Authenticator[], request: FastifyRequest, reply: FastifyReply) {
  const [only, second] = authenticators;
  if (!only) return null;
  return second ? identifyByAny(authenticators, request, reply) : only.authenticate(request, reply);
}

async function identifyByAny(authenticators: readonly Authenticator[], request: FastifyRequest, reply: FastifyReply) {
  for (const authenticator of authenticators) {
    const identity = await authenticator.authenticate(request, reply);
    if (identity) return identity;
  }
  return null;
}

/** Why a known caller may not do this. */
function objection(
  rule: Rule,
  identity: Identity,
  request: FastifyRequest,
  reply: FastifyReply,
): KeelsonError | undefined {
  if (rule === 'user') return identity.kind === 'person' ? undefined : new KeelsonError('FORBIDDEN');
  if ('role' in rule) {
    if (identity.kind === 'person' && identity.roles?.includes(rule.role)) return undefined;
    return new KeelsonError('FORBIDDEN', { detail: `the route needs the role ${rule.role}` });
  }
  const granted = identity.kind === 'machine' ? identity.scopes : [];
  if (rule.scopes.every((scope) => granted.includes(scope))) return undefined;
  if (identity.kind === 'machine') logMissingScope(rule.scopes, identity, request);
  // RFC 6750, section 3.1
  reply.header('www-authenticate', `Bearer error="insufficient_scope", scope="${rule.scopes.join(' ')}"`);
  return new KeelsonError('INSUFFICIENT_SCOPE');
}

function logMissingScope(needed: readonly string[], { iss, clientId }: Machine, { log }: FastifyRequest): void {
  log.warn({ event: 'scope-missing', iss, clientId, needed }, 'A machine lacks a scope');
}

/** Answers a caller without the credentials this rule takes. Nothing of the request is kept, so no POST is ever replayed. */
async function refuse(
  rule: Rule,
  authenticators: readonly Authenticator[],
  request: FastifyRequest,
  reply: FastifyReply,
  done: Done,
): Promise<void> {
  try {
    const fitting = authenticators.find(({ kind }) => kind === kindFor(rule));
    if (kindFor(rule) === 'session' && (await showsToken(authenticators, request, reply))) {
      return done(new KeelsonError('FORBIDDEN', { detail: "an access token is no person's session" }));
    }
    if (fitting?.loginPage && wantsPage(request)) {
      reply.redirect(fitting.loginPage(request.url), 302);
      return;
    }
    if (fitting) reply.header('www-authenticate', fitting.challenge(request));
    done(new KeelsonError(kindFor(rule) === 'bearer' ? 'TOKEN_REQUIRED' : 'UNAUTHENTICATED'));
  } catch (error) {
    done(error instanceof Error ? error : new Error(String(error)));
  }
}

async function showsToken(authenticators: readonly Authenticator[], request: FastifyRequest, reply: FastifyReply) {
  if (request.headers.authorization === undefined) return false;
  for (const authenticator of authenticators) {
    if (authenticator.kind === 'bearer' && (await authenticator.authenticate(request, reply))) return true;
  }
  return false;
}
