import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Refusal } from './forms/form.ts';

/**
 * What the library found, in the words of RFC 6749, 5.2: it calls a grant that the client may not use, and credentials that nobody
 * can read, an invalid request.
 */
export function refusalOf(context: KoaContextWithOIDC, error: string, description: string): Refusal {
  const found = { status: context.status, error, description };
  if (error !== 'invalid_request') return found;
  if (isForbiddenGrant(context)) return { ...found, error: 'unauthorized_client' };
  return hasUnreadableCredentials(context) ? { ...found, status: 401, error: 'invalid_client' } : found;
}

function isForbiddenGrant({ oidc: { client, params } }: KoaContextWithOIDC): boolean {
  const grant = params?.['grant_type'];
  return client !== undefined && typeof grant === 'string' && !client.grantTypeAllowed(grant);
}

/** Without a client nobody has signed in. Two ways to sign in at once are an invalid request indeed. */
function hasUnreadableCredentials({ headers, oidc: { client, params } }: KoaContextWithOIDC): boolean {
  if (client !== undefined || params === undefined || headers.authorization === undefined) return false;
  return params['client_secret'] === undefined;
}
