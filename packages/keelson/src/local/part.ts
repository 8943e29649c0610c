import type { App } from '@keelson/contract';
import type { Inbox } from './mail/inbox.ts';

/** What a part of the local platform needs to know to start. */
export interface LocalContext {
  /** Folder of keelson.config.ts. */
  readonly root: string;
  /** `.keelson/` beside it: everything local that outlives a run. */
  readonly stateDir: string;
  readonly app: App;
  /** The user's own variables: `.env`, then the shell's, which win. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Address people reach the app at, e.g. `http://localhost:8000`. */
  readonly publicUrl: string;
  /** One line for the person watching the terminal. */
  log(line: string): void;
}

/** A running part. */
export interface LocalPart {
  /** What it is, for the table of what runs where: `PostgreSQL 18.4`. */
  readonly title: string;
  /** Where it can be reached; never contains a password. */
  readonly address: string;
  /** The port that was wished for and in use; absent: it was free, or there is no wish. */
  readonly movedFrom?: number;
  /** Its side of the contract: given to each service that uses the resource. */
  readonly env: Readonly<Record<string, string>>;
  /** People one can sign in as, where the part is a login. */
  readonly people?: readonly LocalPerson[];
  /** How machines get access tokens, where the part gives them. */
  readonly tokens?: LocalTokens;
  /** What was mailed, where the part is the inbox. */
  readonly inbox?: Inbox;
  stop(): Promise<void>;
}

export interface LocalTokens {
  readonly issuer: string;
  /** Where the provider itself gives tokens (POST, client credentials). */
  readonly endpoint: string;
  /** What a request for a token names as `audience`; absent: the provider asks for none. */
  readonly audience?: string;
  readonly clients: readonly LocalMachine[];
}

/** A machine that may ask for tokens. */
export interface LocalMachine {
  /** Its name in keelson.config.ts. */
  readonly name: string;
  readonly id: string;
  readonly secret: string;
  /** As the provider writes them: `https://show-service-local.api/shows.read`. */
  readonly scopes: readonly string[];
}

export interface LocalPerson {
  readonly sub: string;
  readonly name: string;
  readonly email: string;
  /** What makes this person worth trying: `administrator`, `email not verified`. */
  readonly note: string;
}
