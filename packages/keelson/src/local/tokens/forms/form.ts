import type { LocalMachine } from '../../part.ts';

/** What a token says, before it is signed. */
export interface Grant {
  readonly issuer: string;
  /** What tokens are for. */
  readonly identifier: string;
  readonly client: LocalMachine;
  /** As the provider writes them. */
  readonly scopes: readonly string[];
  /** Seconds since 1970. */
  readonly now: number;
  readonly id: string;
}

export interface ErrorAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, string>>;
}

/** An error of RFC 6749, 5.2. */
export interface Refusal {
  readonly status: number;
  readonly error: string;
  readonly description: string;
}

/** What sets a vendor's client credentials grant apart from RFC 6749 and RFC 9068, as data. */
export interface TokenForm {
  /** `Amazon Cognito`. */
  readonly title: string;
  /** The issuer in the vendor's form. `origin` has no trailing slash. */
  readonly issuer: (origin: string, region: string) => string;
  readonly tokenPath: string;
  /** Below the issuer's path. */
  readonly jwksPath: string;
  readonly newClientId: () => string;
  readonly newSecret: () => string;
  /** A scope of keelson.config.ts as the vendor writes it. */
  readonly scope: (name: string, identifier: string) => string;
  /** Seconds that a token is valid. */
  readonly lifetime: number;
  /** `typ` of the token's header; absent: none. */
  readonly type?: string;
  readonly claims: (grant: Grant) => Readonly<Record<string, unknown>>;
  /** Whether a request must name `audience`, or may. Absent: the parameter means nothing. */
  readonly audience?: 'required' | 'optional';
  /** Whether the token endpoint takes JSON too. */
  readonly json: boolean;
  /** Whether the answer repeats the scopes. */
  readonly tellsScope: boolean;
  readonly refusal: (refusal: Refusal) => ErrorAnswer;
  /** Its side of the contract, beyond `TOKEN_ISSUER`. */
  readonly env: (identifier: string, clients: readonly LocalMachine[]) => Readonly<Record<string, string>>;
}
