import type { Problem } from '@keelson/contract';
import type { Env } from './boot.ts';
import { invalid } from './problems.ts';
import { unset } from './secret-text.ts';

export interface KitNamesOptions {
  /** Where the service is reached. @default `PUBLIC_URL` of the environment */
  readonly publicUrl?: string;
  /** @default '/auth/callback' */
  readonly callbackPath?: string;
}

export interface KitNamesResult {
  /** The environment with Keelson's names added; a Keelson name that was set wins over a kit's. */
  readonly env: Env;
  readonly problems: readonly Problem[];
}

type Translate = (env: Env, options: KitNamesOptions) => { values: Record<string, string>; problems: Problem[] };

/** A value that a kit's name gives to a name of Keelson. */
interface Given {
  readonly kitName: string;
  readonly name: string;
  readonly value: string;
}

/**
 * Accepts the names of the starter kits' `.env` files (`AUTH0_DOMAIN`, `GOOGLE_CLIENT_ID`, `APP_SECRET_KEY`, `ENV` …)
 * and gives Keelson's. Names that are absent change nothing. A kit's name and Keelson's for the same thing must agree:
 * whoever changes one of them would not notice that the other one counts. `ENV` may differ, since images and tests set
 * `NODE_ENV` for reasons of their own.
 */
export function fromKitNames(env: Env, options: KitNamesOptions = {}): KitNamesResult {
  const parts = [environment, provider, sessionKey].map((translate) => translate(env, options));
  const values: Record<string, string> = Object.assign({}, ...parts.map((part) => part.values));
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  return {
    env: { ...env, ...values, ...set },
    problems: [...parts.flatMap((part) => part.problems), ...conflicts(env)],
  };
}

function conflicts(env: Env): Problem[] {
  return given(env)
    .filter(({ name, value }) => env[name] && !agree(name, env[name], value))
    .map(({ kitName, name }) =>
      invalid(kitName, `contradicts ${name}.`, `Both name the same thing. Remove one of them, or make them the same.`),
    );
}

function given(env: Env): Given[] {
  const { AUTH0_DOMAIN: domain, OIDC_ISSUER: issuer } = env;
  const key = sessionKeyName(env);
  // A service may talk to Google for other reasons than its login.
  const google = issuer !== undefined && agree('OIDC_ISSUER', issuer, googleIssuer);
  return [
    ...(domain ? [{ kitName: 'AUTH0_DOMAIN', name: 'OIDC_ISSUER', value: `https://${domain}/` }] : []),
    ...['AUTH0', ...(google ? ['GOOGLE'] : [])].flatMap((prefix) =>
      Object.entries(client(env, prefix)).map(([name, value]) => ({
        kitName: name.replace('OIDC', prefix),
        name,
        value,
      })),
    ),
    ...(env[key] ? [{ kitName: key, name: 'SESSION_KEYS', value: env[key] }] : []),
  ];
}

function agree(name: string, own: string, kits: string): boolean {
  if (own === kits) return true;
  if (name === 'SESSION_KEYS') return own.split(',').some((key) => key.trim() === kits);
  return name === 'OIDC_ISSUER' && URL.canParse(own) && URL.canParse(kits) && sameOrigin(own, kits);
}

function sameOrigin(one: string, other: string): boolean {
  const [left, right] = [new URL(one), new URL(other)];
  return left.origin === right.origin && left.pathname === right.pathname;
}

const googleIssuer = 'https://accounts.google.com';

const environment: Translate = ({ ENV }) => {
  // A POSIX shell's own ENV is the path of its startup file.
  if (!ENV || !/^[a-z][a-z0-9-]*$/i.test(ENV)) return { values: {}, problems: [] };
  const local = ['local', 'dev', 'development'].includes(ENV.toLowerCase());
  return { values: { NODE_ENV: local ? 'development' : 'production', KEELSON_ENVIRONMENT: ENV }, problems: [] };
};

const provider: Translate = (env, options) => {
  if (env['OIDC_ISSUER']) return { values: {}, problems: [] };
  if (anyOf(env, ['AUTH0_DOMAIN', 'AUTH0_CLIENT_ID', 'AUTH0_CLIENT_SECRET'])) return auth0(env, options);
  if (anyOf(env, ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'])) return google(env);
  return { values: {}, problems: addressProblems(env, options) };
};

function auth0(env: Env, options: KitNamesOptions) {
  const domain = env['AUTH0_DOMAIN'] ?? '';
  const problems = [...partialSet(env, ['AUTH0_DOMAIN', 'AUTH0_CLIENT_ID', 'AUTH0_CLIENT_SECRET'])];
  if (domain) problems.push(...domainProblems(domain));
  problems.push(...addressProblems(env, options));
  const values = {
    OIDC_PROVIDER: 'auth0',
    ...(domain ? { OIDC_ISSUER: `https://${domain}/` } : {}),
    ...client(env, 'AUTH0'),
  };
  return { values, problems };
}

function google(env: Env) {
  return {
    values: { OIDC_PROVIDER: 'google', OIDC_ISSUER: googleIssuer, ...client(env, 'GOOGLE') },
    problems: partialSet(env, ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET']),
  };
}

function client(env: Env, prefix: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const name of ['CLIENT_ID', 'CLIENT_ID_SECRET_ARN', 'CLIENT_SECRET', 'CLIENT_SECRET_SECRET_ARN']) {
    const value = env[`${prefix}_${name}`];
    if (value) values[`OIDC_${name}`] = value;
  }
  return values;
}

function domainProblems(domain: string): Problem[] {
  const bare = domain.replace(/^[a-z]+:\/\//i, '').replace(/\/.*$/, '');
  const hint = /^[\w.-]+$/.test(bare)
    ? `Write the host name alone: AUTH0_DOMAIN=${bare}`
    : 'Write the host name alone.';
  if (/^[a-z]+:\/\//i.test(domain)) return [invalid('AUTH0_DOMAIN', 'must not start with https://.', hint)];
  if (domain.includes('/')) return [invalid('AUTH0_DOMAIN', 'must not contain a slash.', hint)];
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?$/i.test(domain))
    return [invalid('AUTH0_DOMAIN', 'is not a host name.', 'Write the tenant, such as acme.eu.auth0.com.')];
  return [];
}

/** The kits configured addresses that Keelson derives from `PUBLIC_URL`; they may stay when they say the same. */
function addressProblems(env: Env, options: KitNamesOptions): Problem[] {
  const base = options.publicUrl ?? env['PUBLIC_URL'];
  if (!base || !URL.canParse(base)) return [];
  const expected = new URL(options.callbackPath ?? '/auth/callback', base).href;
  const problems: Problem[] = [];
  const callback = env['AUTH0_CALLBACK_URL'];
  if (callback && !sameAddress(callback, expected)) {
    const hint = `This service is called back at ${expected}. Register that address with the provider, and remove AUTH0_CALLBACK_URL or make it the same.`;
    problems.push(invalid('AUTH0_CALLBACK_URL', 'contradicts PUBLIC_URL and the callback path.', hint));
  }
  const logout = env['AUTH0_LOGOUT_URL'];
  if (logout && (!URL.canParse(logout) || new URL(logout).origin !== new URL(base).origin)) {
    const hint = `After logout people return to ${new URL(base).origin}. Remove AUTH0_LOGOUT_URL or write an address there.`;
    problems.push(invalid('AUTH0_LOGOUT_URL', "is not on PUBLIC_URL's origin.", hint));
  }
  return problems;
}

const sessionKey: Translate = (env) => {
  const name = sessionKeyName(env);
  const key = env[name];
  if (!key || env['SESSION_KEYS'] || env['SESSION_KEYS_SECRET_ARN']) return { values: {}, problems: [] };
  if (key.length >= 32) return { values: { SESSION_KEYS: key }, problems: [] };
  const hint = 'Make one with `node -p "crypto.randomBytes(32).toString(\'base64url\')"`.';
  // Told once: a service that has this problem does not start, and misses no key besides.
  return { values: { SESSION_KEYS: unset }, problems: [invalid(name, 'must have at least 32 characters.', hint)] };
};

function sessionKeyName(env: Env): 'APP_SECRET_KEY' | 'SECRET_KEY' {
  return env['APP_SECRET_KEY'] ? 'APP_SECRET_KEY' : 'SECRET_KEY';
}

function partialSet(env: Env, names: readonly string[]): Problem[] {
  const absent = names.filter((name) => !env[name] && !env[`${name}_SECRET_ARN`]);
  const present = names.filter((name) => !absent.includes(name));
  return absent.map((name) =>
    invalid(
      name,
      `is missing, but ${present.join(' and ')} ${present.length > 1 ? 'are' : 'is'} set.`,
      `Set ${names.join(', ')} together, or none of them.`,
    ),
  );
}

function sameAddress(left: string, right: string): boolean {
  return URL.canParse(left) && new URL(left).href === right;
}

function anyOf(env: Env, names: readonly string[]): boolean {
  return names.some((name) => env[name] || env[`${name}_SECRET_ARN`]);
}
