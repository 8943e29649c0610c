import Type, { type Static } from 'typebox';
import Schema from 'typebox/schema';
import type { Boot } from '../../config/boot.ts';
import type { Queryable } from '../session/postgres-store.ts';
import type { SessionStore } from '../session/store.ts';
import type { OnSignIn } from './login.ts';

const path = Type.String({ pattern: '^/(?!/)[A-Za-z0-9/_-]*$' });

const schema = Type.Object({
  callbackPath: path,
  loginPath: path,
  logoutPath: path,
  backchannelPath: path,
  defaultReturn: path,
  afterLogout: path,
  hostedDomain: Type.Optional(Type.String({ minLength: 1 })),
  idleTimeout: Type.Number({ exclusiveMinimum: 0 }),
  absoluteTimeout: Type.Number({ exclusiveMinimum: 0 }),
});

const defaults = {
  callbackPath: '/auth/callback',
  loginPath: '/login',
  logoutPath: '/logout',
  backchannelPath: '/auth/backchannel-logout',
  defaultReturn: '/',
  afterLogout: '/',
  idleTimeout: 8 * 3600,
  absoluteTimeout: 24 * 3600,
};

export interface LoginOptions {
  /**
   * Where ended sessions are recorded: a store, or a `pg` pool whose database has Keelson's tables.
   * @default the DynamoDB table named by `SESSION_TABLE`
   */
  readonly store?: SessionStore | Queryable;
  /** Where the provider sends the browser back to; register `PUBLIC_URL` + this with it. @default '/auth/callback' */
  readonly callbackPath?: string;
  /** Starts a login; takes `return_to`, a path of this service, and `login_hint`, for the provider's form. @default '/login' */
  readonly loginPath?: string;
  /** GET asks, POST signs out. @default '/logout' */
  readonly logoutPath?: string;
  /** Takes the provider's back-channel logout tokens. @default '/auth/backchannel-logout' */
  readonly backchannelPath?: string;
  /** Page after a login without a usable `return_to`. @default '/' */
  readonly defaultReturn?: string;
  /** Page the provider comes back to after a logout; register `PUBLIC_URL` + this with it. @default '/' */
  readonly afterLogout?: string;
  /**
   * Value that the claim `hd` of the ID token must have (Google Workspace).
   * @default `OIDC_HOSTED_DOMAIN`, which the configuration's `hostedDomain` becomes; absent too: any account
   */
  readonly hostedDomain?: string;
  /** Seconds without a request after which a session is over. @default 28800 (8 hours) */
  readonly idleTimeout?: number;
  /** Seconds after the sign-in when a session is over in any case. @default 86400 (24 hours) */
  readonly absoluteTimeout?: number;
  readonly onSignIn?: OnSignIn;
  /** Source of the environment. @default the service that is being set up, else `process.env` */
  readonly boot?: Boot;
}

export type CheckedOptions = Readonly<Static<typeof schema>>;

export type LoginPaths = Pick<
  CheckedOptions,
  'callbackPath' | 'loginPath' | 'logoutPath' | 'backchannelPath' | 'defaultReturn' | 'afterLogout'
>;

/** Fills in the defaults; what cannot be used is reported to `boot`. */
export function checkOptions(boot: Boot, options: LoginOptions): CheckedOptions {
  const given = Object.fromEntries(
    Object.entries(options).filter(([name, value]) => name in schema.properties && value !== undefined),
  );
  const complete = { ...defaults, ...given };
  const [valid, errors] = Schema.Errors(schema, complete);
  if (valid) return Object.freeze(complete as CheckedOptions);
  for (const { instancePath, message } of errors) {
    boot.problem({
      path: `login${instancePath.replaceAll('/', '.')}`,
      message,
      hint: 'Correct the options of the login plugin.',
    });
  }
  return Object.freeze({ ...defaults });
}
