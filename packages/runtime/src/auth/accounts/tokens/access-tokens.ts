import { createHash, randomUUID } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import type { PublicUrl } from '../../../config/public-url.ts';
import type { Person } from '../../identity.ts';
import { isCompactForm } from '../../keys/compact-form.ts';
import { createLru } from '../../lru.ts';
import type { Account } from '../store/accounts.ts';
import type { ReadSigningKeys } from './signing-keys.ts';

/** Seconds. */
export const accessTokenLifetime = 15 * 60;
const rememberedFor = 60_000;
const type = 'at+jwt';

/** Access tokens as JWTs (RFC 9068), signed with Ed25519; issuer and audience are `PUBLIC_URL`. */
export interface AccessTokens {
  sign(account: Account, sessionId: string): Promise<string>;
  /**
   * The person a token names; `null` when it is not valid. What was verified is remembered for a minute at most.
   * @throws KeelsonError while keys or address are not known (503)
   */
  verify(token: string): Person | null | Promise<Person | null>;
}

interface Remembered {
  readonly person: Person;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

export function createAccessTokens(keys: ReadSigningKeys, publicUrl: PublicUrl): AccessTokens {
  const known = createLru<Remembered>(10_000);

  const check = async (token: string, key: string): Promise<Person | null> => {
    if (!isCompactForm(token)) return null;
    const { byKid } = await keys();
    const issuer = publicUrl.value().origin;
    try {
      const { payload } = await jwtVerify(token, ({ kid }) => keyNamed(byKid.get(kid ?? '')), {
        issuer,
        audience: issuer,
        algorithms: ['EdDSA'],
        typ: type,
        requiredClaims: ['exp', 'iat', 'sub', 'sid'],
      });
      const person = personOf(payload, issuer);
      known.set(key, { person, until: Math.min((payload.exp ?? 0) * 1000, Date.now() + rememberedFor) });
      return person;
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof TypeError) return null;
      throw error;
    }
  };

  return {
    sign: async (account, sessionId) => {
      const { first } = await keys();
      const issuer = publicUrl.value().origin;
      return new SignJWT({ ...claimsOf(account), sid: sessionId, client_id: issuer })
        .setProtectedHeader({ alg: 'EdDSA', typ: type, kid: first.kid })
        .setIssuer(issuer)
        .setAudience(issuer)
        .setSubject(account.id)
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime(`${accessTokenLifetime}s`)
        .sign(first.privateKey);
    },
    verify: (token) => {
      const key = createHash('sha256').update(token).digest('base64');
      const found = known.get(key);
      if (found && found.until > Date.now()) return found.person;
      return check(token, key);
    },
  };
}

function keyNamed<Key extends { publicKey: object }>(key: Key | undefined): Key['publicKey'] {
  if (!key) throw new errors.JWKSNoMatchingKey();
  return key.publicKey;
}

function claimsOf({ email, name, role }: Account): JWTPayload {
  return { email, roles: [role], ...(name === null ? {} : { name }) };
}

function personOf(payload: JWTPayload, iss: string): Person {
  const { sub = '', sid, email, name, roles } = payload;
  return Object.freeze({
    kind: 'person',
    iss,
    sub,
    sid: String(sid),
    emailVerified: true,
    ...(typeof email === 'string' ? { email } : {}),
    ...(typeof name === 'string' ? { name } : {}),
    roles: Array.isArray(roles) ? roles.filter((role): role is string => typeof role === 'string') : [],
  });
}
