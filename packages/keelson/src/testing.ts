import type { LocalMachine, LocalPerson } from './local/part.ts';
import type { LogEntry } from './local/services/log-line.ts';
import { createHttpClient, type HttpClient } from './testing/client.ts';
import type { ServiceControl } from './testing/control.ts';
import type { MailWish, SentMail } from './testing/mail.ts';
import { startHost } from './testing/start-host.ts';
import { signIn } from './testing/sign-in.ts';
import { requestToken, type TokenRequest } from './testing/token.ts';

export type { LocalMachine, LocalPerson } from './local/part.ts';
export type { LogEntry } from './local/services/log-line.ts';
export type { HttpClient } from './testing/client.ts';
export type { ServiceControl } from './testing/control.ts';
export type { TokenRequest } from './testing/token.ts';
export type { MailWish, SentMail } from './testing/mail.ts';

export interface StartAppOptions {
  /** Folder of keelson.config.ts. */
  readonly root: string;
  /** Variables as a `.env` would give them. The real `.env` and the shell's variables are left out: a test is its own. */
  readonly env?: Readonly<Record<string, string>>;
}

/** An app with everything it needs, for one test file. */
export interface RunningApp {
  /** Address that people use: of the load balancer that services share, otherwise of the first service. */
  readonly url: string;
  /**
   * Own address of each service, which stays when it is started again. At that of the service that gets what no other
   * service's `paths` take (`url`) the others are found by their paths too.
   */
  readonly urls: Readonly<Record<string, string>>;
  /**
   * Address of each service itself, without the load balancer or HTTP API in front: what it refuses by itself. Only those
   * that run; another one after each start.
   */
  readonly serviceUrls: Readonly<Record<string, string>>;
  /**
   * Each service, to be killed, stopped and started again.
   * @example
   * await app.services['backend']?.kill();
   */
  readonly services: Readonly<Record<string, ServiceControl>>;
  /** Variables that the first program among the services was started with, e.g. `DATABASE_URL`. Holds secrets of the test's own parts. */
  readonly env: Readonly<Record<string, string>>;
  /** People one can sign in as. */
  readonly people: readonly LocalPerson[];
  /** Machines that get tokens of the local provider, with their secrets. */
  readonly machines: readonly LocalMachine[];
  /** What the services have logged so far. */
  logs(): readonly LogEntry[];
  /** What has arrived in the app's inbox so far, oldest first. */
  mails(): Promise<readonly SentMail[]>;
  /**
   * Waits for a mail that was not given out before; those that came already count.
   * @throws Error after 30 seconds, with what came instead
   * @example
   * const { links } = await app.nextMail({ to: 'ann@example.com', subject: /confirm/i });
   */
  nextMail(wish?: MailWish): Promise<SentMail>;
  /** Somebody with a browser of their own who is not signed in. */
  client(): HttpClient;
  /** Somebody who has signed in through the login page. @param person name, email address or subject @default the first of `people` */
  signIn(person?: string): Promise<HttpClient>;
  /** An access token of the local provider. @default of the first machine, with all its scopes */
  token(request?: TokenRequest): Promise<string>;
  /** Ends every process and removes the state. */
  stop(): Promise<void>;
}

/**
 * Starts a template's app as `keelson dev` does: real resources and a real service process, on free ports, with state of
 * its own that is removed at the end.
 *
 * @throws when the app does not start, with what the service said
 */
export async function startApp({ root, env = {} }: StartAppOptions): Promise<RunningApp> {
  const { app, logs, mails, stop, serviceUrls, control } = await startHost(root, env);
  const { tokens, loginPath: _path, ...rest } = app;
  const { url } = app;
  return {
    ...rest,
    get serviceUrls() {
      return serviceUrls();
    },
    services: Object.fromEntries(Object.keys(app.urls).map((name) => [name, control(name)])),
    machines: tokens?.clients ?? [],
    token: (request) => requestToken(tokens, request),
    logs,
    mails: async () => [...mails.all],
    nextMail: (wish = {}) => mails.next(wish),
    client: () => createHttpClient(url),
    signIn: (person) => signIn(createHttpClient(url), app, person),
    stop,
  };
}
