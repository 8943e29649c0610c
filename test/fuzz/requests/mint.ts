import { createHmac, createPublicKey, KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import {
  accessClaims,
  publicKeyTexts,
  type SigningKey,
  seconds,
  type TokenIssuer,
} from '../../support/token-issuer.ts';
import type { JsonObject } from '../schema/json-schema.ts';
import type { Tampering, TokenPlan } from './token-plan.ts';

/** A token, and what is written in it when it leaves its maker. */
export interface Minted {
  readonly token: string;
  readonly header: JsonObject;
  readonly claims: JsonObject;
}

export interface Mint {
  make(plan: TokenPlan): Promise<Minted>;
}

/** Signs with RS256 of OpenSSL, outside of the main thread. */
const signLater = promisify(sign);

export interface MintOptions {
  readonly issuer: TokenIssuer;
  readonly stranger: SigningKey;
  /** Address that nobody may be led to. */
  readonly trap: string;
}

/** Makes tokens as planned. A plan without anything new gives the same token for a while. */
export async function createMint({ issuer, stranger, trap }: MintOptions): Promise<Mint> {
  const [spki = ''] = await publicKeyTexts(issuer.key);
  const strangersJwk = createPublicKey(
    KeyObject.from(stranger.publicKey).export({ type: 'spki', format: 'pem' }),
  ).export({ format: 'jwk' });
  const words = new Map<string, unknown>([
    ['<stranger>', strangersJwk],
    ['<trap>', trap],
  ]);
  const made = new Map<string, Promise<Minted>>();

  const fill = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== 'string') return value;
    return words.get(value) ?? value.replace('<iss>', issuer.issuer).replace('<kid>', issuer.key.kid);
  };

  const signature = async (signer: TokenPlan['signer'], input: string): Promise<Buffer> => {
    switch (signer) {
      case 'issuer':
      case 'stranger':
        return signLater(
          'sha256',
          Buffer.from(input),
          KeyObject.from((signer === 'issuer' ? issuer.key : stranger).privateKey),
        );
      case 'public-key-as-secret':
        return createHmac('sha256', spki).update(input).digest();
      case 'empty-secret':
        return createHmac('sha256', '').update(input).digest();
      case 'nobody':
        return Buffer.alloc(0);
    }
  };

  const mint = async (plan: TokenPlan): Promise<Minted> => {
    const header = changed({ alg: 'RS256', kid: issuer.key.kid }, plan.header, fill);
    const times = Object.fromEntries(Object.entries(plan.times).map(([name, offset]) => [name, seconds(offset)]));
    const claims = changed({ ...accessClaims(issuer.issuer), ...times, jti: String(plan.fresh) }, plan.claims, fill);
    const input = `${encode(header)}.${encode(claims)}`;
    const token = `${input}.${(await signature(plan.signer, input)).toString('base64url')}`;
    if (!plan.tamper) return { token, header, claims };
    const other = await signature('issuer', `${input}x`);
    return { token: tampered(token, plan.tamper.how, plan.tamper.at, other), header, claims };
  };

  return {
    make: (plan) => {
      const key = JSON.stringify(plan);
      const earlier = made.get(key);
      if (earlier) return earlier;
      if (made.size > 2_000) made.clear();
      const token = mint(plan);
      made.set(key, token);
      return token;
    },
  };
}

function changed(base: JsonObject, changes: JsonObject, fill: (value: unknown) => unknown): JsonObject {
  const all = Object.entries({ ...base, ...changes }).filter(([name]) => changes[name] !== null);
  return Object.fromEntries(all.map(([name, value]) => [name, fill(value)]));
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

function tampered(token: string, how: Tampering, at: number, otherSignature: Buffer): string {
  const [header = '', claims = '', signature = ''] = token.split('.');
  const signed = `${header}.${claims}`;
  switch (how) {
    case 'flip a bit of the signature':
      return `${signed}.${flipped(signature, at)}`;
    case 'shorten the signature':
      return `${signed}.${signature.slice(0, at % signature.length)}`;
    case 'lengthen the signature':
      return `${token}${signature.slice(0, 1 + (at % 64))}`;
    case "another token's signature":
      return `${signed}.${otherSignature.toString('base64url')}`;
    case 'no signature':
      return `${signed}.`;
    case 'flip a bit of the claims':
      return `${header}.${flipped(claims, at)}.${signature}`;
    case 'flip a bit of the header':
      return `${flipped(header, at)}.${claims}.${signature}`;
    case 'all scopes, after signing':
      return `${header}.${encode({ ...(JSON.parse(Buffer.from(claims, 'base64url').toString()) as object), scope: '*', admin: at })}.${signature}`;
    case 'another spelling of the signature':
      return `${token.slice(0, -1)}${respelled(token.slice(-1))}`;
    case 'padding':
      return `${token}=`;
    case 'a part too few':
      return signed;
    case 'a part too many':
      return `${token}.${signature}`;
    case 'a character of no alphabet': {
      const place = 1 + (at % (token.length - 2));
      return `${token.slice(0, place)}${'!*+/~%ü'[at % 7]}${token.slice(place)}`;
    }
    case 'very long':
      return `${token}${'A'.repeat(2_000 + (at % 12_000))}`;
  }
}

function flipped(part: string, at: number): string {
  const bytes = Buffer.from(part, 'base64url');
  const place = at % Math.max(1, bytes.length * 8);
  bytes[place >> 3] = (bytes[place >> 3] ?? 0) ^ (1 << (place & 7));
  return bytes.toString('base64url');
}

/** The last character of 256 bytes has four bits that mean nothing. */
function respelled(last: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return alphabet[alphabet.indexOf(last) ^ 1] ?? 'B';
}
