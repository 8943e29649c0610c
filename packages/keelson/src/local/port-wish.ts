import type { App } from '@keelson/contract';
import type { PortWish } from './ports.ts';

export interface PortWishOptions {
  readonly app: App;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Port in keelson.config.ts. */
  readonly configured: number;
  /** `--port`. */
  readonly asked: number | undefined;
}

/** A port may move to the next free one, unless somebody counts on this one. */
export function portWish({ app, env, configured, asked }: PortWishOptions): PortWish {
  const port = asked ?? configured;
  if (port === 0) return { port };
  const callback = registeredCallback(app, env, port);
  if (callback) {
    const why = `Your sign-in provider sends people back to ${callback}, so the app cannot move to another port. Stop the other program, or register another address and use --port.`;
    return { port, fixed: { why } };
  }
  if (asked !== undefined)
    return { port, fixed: { why: 'Choose another with --port, or leave it out to get the next free one.' } };
  return { port };
}

/** The address that a provider of the user's own was told, or the user's `PUBLIC_URL`. */
function registeredCallback(app: App, env: PortWishOptions['env'], port: number): string | undefined {
  const login = Object.values(app.resources ?? {}).find((resource) => resource.kind === 'login');
  const real = ['OIDC_ISSUER', 'AUTH0_DOMAIN', 'GOOGLE_CLIENT_ID'].some((name) => env[name]);
  if (!login || !real) return undefined;
  return new URL(login.callbackPath ?? '/auth/callback', env['PUBLIC_URL'] ?? `http://localhost:${port}`).href;
}
