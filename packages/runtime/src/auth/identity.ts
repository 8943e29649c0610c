/** A signed-in person. Identity is (`iss`, `sub`); an email address never identifies. */
export interface Person {
  readonly kind: 'person';
  readonly iss: string;
  readonly sub: string;
  /** Session id. */
  readonly sid: string;
  readonly email?: string;
  readonly emailVerified?: boolean;
  readonly name?: string;
  readonly picture?: string;
  readonly roles?: readonly string[];
}

/** A machine that showed an access token of its own. */
export interface Machine {
  readonly kind: 'machine';
  readonly iss: string;
  readonly clientId: string;
  /** Subject of the token: the client itself, or the person for whom it acts. Absent: the token names none. */
  readonly sub?: string;
  readonly scopes: readonly string[];
}

export type Identity = Person | Machine;
