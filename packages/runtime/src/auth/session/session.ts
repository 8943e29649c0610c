import Type, { type Static } from 'typebox';
import Schema from 'typebox/schema';
import type { Person } from '../identity.ts';

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });

/** What the session cookie holds; names are short because it travels with every request. */
const sessionSchema = Type.Object({
  iss: text(1024),
  sub: text(255),
  sid: text(64),
  /** The provider's own session id, for its back-channel logout. */
  psid: Type.Optional(text(255)),
  /** When the person signed in, ms since the epoch. */
  iat: Type.Integer({ minimum: 0 }),
  /** When the cookie was last renewed, ms since the epoch. */
  at: Type.Integer({ minimum: 0 }),
  email: Type.Optional(Type.String()),
  ev: Type.Optional(Type.Boolean()),
  name: Type.Optional(Type.String()),
  pic: Type.Optional(Type.String()),
  roles: Type.Optional(Type.Array(Type.String())),
});

export type Session = Readonly<Static<typeof sessionSchema>>;

const checked = Schema.Compile(sessionSchema);

export function isSession(value: unknown): value is Session {
  return checked.Check(value);
}

/** The person of a session. */
export function personOf(session: Session): Person {
  const { iss, sub, sid, email, ev, name, pic, roles } = session;
  return Object.freeze({
    kind: 'person' as const,
    iss,
    sub,
    sid,
    ...(email !== undefined && { email }),
    ...(ev !== undefined && { emailVerified: ev }),
    ...(name !== undefined && { name }),
    ...(pic !== undefined && { picture: pic }),
    ...(roles !== undefined && { roles: Object.freeze([...roles]) }),
  });
}

/** The same session with less of a profile, step by step; roles stay, because rules depend on them. */
export function* slimmer(session: Session): Generator<Session> {
  yield session;
  const { pic: _pic, ...withoutPicture } = session;
  yield withoutPicture;
  const { name: _name, ...withoutName } = withoutPicture;
  yield withoutName;
  const { email: _email, ev: _ev, ...bare } = withoutName;
  yield bare;
}
