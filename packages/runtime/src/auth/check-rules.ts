import type { Problem } from '@keelson/contract';
import type { RouteOptions } from 'fastify';
import { ConfigError } from '../errors/index.ts';
import type { Authenticator } from './authenticator.ts';
import type { AuthRule } from './rule.ts';

/** The kind of authenticator that can meet a rule. */
export function kindFor(rule: Exclude<AuthRule, 'public'>): Authenticator['kind'] {
  return typeof rule === 'object' && 'scopes' in rule ? 'bearer' : 'session';
}

/**
 * Refuses to start a service with a route that answers 401 to everybody.
 * @throws ConfigError with one problem per such route
 */
export function checkRules(routes: readonly RouteOptions[], authenticators: readonly Authenticator[]): void {
  const kinds = new Set(authenticators.map(({ kind }) => kind));
  const problems = routes.flatMap((route) => problemOf(route, kinds));
  if (problems.length > 0) throw new ConfigError(problems);
}

function problemOf(route: RouteOptions, kinds: ReadonlySet<Authenticator['kind']>): Problem[] {
  const rule = route.auth ?? 'user';
  if (isHeadOfGet(route)) return [];
  const path = `${[route.method].flat().join(',')} ${route.url}`;
  if (!isRule(rule)) {
    const hint = "Write 'public', 'user', { role: '…' } or { scopes: ['…'] }.";
    return [{ path, message: `has an unknown rule \`auth: ${JSON.stringify(rule)}\`.`, hint }];
  }
  if (rule === 'public' || kinds.has(kindFor(rule))) return [];
  if (kindFor(rule) === 'session') {
    const hint = "Register the login plugin (`app.register(login, …)`), or make the route `auth: 'public'`.";
    return [{ path, message: 'needs a signed-in person, but nothing signs people in.', hint }];
  }
  const hint = 'Register what checks access tokens, or give the route another rule.';
  return [{ path, message: 'needs an access token, but nothing checks tokens.', hint }];
}

function isHeadOfGet(route: RouteOptions): boolean {
  return route.method === 'HEAD';
}

function isRule(rule: unknown): rule is AuthRule {
  if (rule === 'public' || rule === 'user') return true;
  if (typeof rule !== 'object' || rule === null) return false;
  if ('role' in rule) return typeof rule.role === 'string' && rule.role !== '' && !('scopes' in rule);
  return 'scopes' in rule && Array.isArray(rule.scopes) && rule.scopes.length > 0 && rule.scopes.every(isScope);
}

const isScope = (scope: unknown): boolean => typeof scope === 'string' && /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope);
