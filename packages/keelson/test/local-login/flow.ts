import * as client from 'openid-client';
import type { LocalPart } from '../../src/local/part.ts';
import { Browser, formWith, type Page } from './browser.ts';

export const callback = 'http://localhost:8000/auth/callback';

export interface Login {
  readonly config: client.Configuration;
  readonly url: URL;
  readonly finish: (arrived: string) => Promise<client.TokenEndpointResponse & client.TokenEndpointResponseHelpers>;
}

/** The app's side of a sign-in, by the client that the runtime uses. */
export async function begin(
  part: LocalPart,
  parameters: Record<string, string> = {},
  authentication?: client.ClientAuth,
): Promise<Login> {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = part.env as Record<string, string>;
  const config = await client.discovery(
    new URL(OIDC_ISSUER as string),
    OIDC_CLIENT_ID as string,
    OIDC_CLIENT_SECRET as string,
    authentication,
    { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] },
  );
  const checks = {
    pkceCodeVerifier: client.randomPKCECodeVerifier(),
    expectedState: client.randomState(),
    expectedNonce: client.randomNonce(),
    idTokenExpected: true,
  };
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: callback,
    scope: 'openid profile email',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    code_challenge: await client.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
    code_challenge_method: 'S256',
    ...parameters,
  });
  return { config, url, finish: (arrived) => client.authorizationCodeGrant(config, new URL(arrived), checks) };
}

export async function signIn(part: LocalPart, who: string, browser = new Browser(), parameters = {}) {
  const login = await begin(part, parameters);
  const people = await browser.open(login.url.href, callback);
  const arrived = await browser.submit(people, formWith(people, who), callback);
  const tokens = await login.finish(arrived.url);
  return { login, people, arrived: arrived.url, tokens, claims: tokens.claims() as Record<string, unknown>, browser };
}

/** Whether a new sign-in needs no click. */
export async function isSignedInAtProvider(part: LocalPart, browser: Browser): Promise<boolean> {
  const page: Page = await browser.open((await begin(part)).url.href, callback);
  return page.url.startsWith(callback) && new URL(page.url).searchParams.has('code');
}
