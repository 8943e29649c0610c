import { KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { accessClaims, type TokenIssuer } from '../../test/support/token-issuer.ts';

const signLater = promisify(sign);

/** Access tokens as Cognito makes them, each signed for itself; good for a day. */
export async function signTokens({ issuer, key }: TokenIssuer, count: number): Promise<string[]> {
  const privateKey = KeyObject.from(key.privateKey);
  const header = encode({ alg: 'RS256', kid: key.kid });
  const one = async (): Promise<string> => {
    const claims = accessClaims(issuer);
    const input = `${header}.${encode({ ...claims, exp: Number(claims['iat']) + 86_400 })}`;
    return `${input}.${(await signLater('sha256', Buffer.from(input), privateKey)).toString('base64url')}`;
  };
  const all: string[] = [];
  while (all.length < count) all.push(...(await Promise.all(Array.from({ length: 200 }, one))));
  return all.slice(0, count);
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
