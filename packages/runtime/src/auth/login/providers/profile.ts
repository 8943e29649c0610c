import { isLoopback } from '../../session/cookie-name.ts';
import type { Claims, Profile } from './provider.ts';

/** The standard claims of OpenID Connect Core, section 5.1. A claim of another type counts as absent. */
export function standardProfile(claims: Claims, roles: unknown): Profile {
  const email = text(claims.email, 320);
  const name = text(claims.name, 200) ?? text(claims.nickname, 200) ?? text(claims.preferred_username, 200);
  const picture = pictureAddress(claims.picture);
  const list = strings(roles);
  return {
    // Cognito sends "true" as a string.
    ...(email !== undefined && {
      email,
      emailVerified: claims.email_verified === true || claims.email_verified === 'true',
    }),
    ...(name !== undefined && { name }),
    ...(picture !== undefined && { picture }),
    ...(list !== undefined && { roles: list }),
  };
}

function text(value: unknown, longest: number): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, longest) : undefined;
}

function pictureAddress(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 512 || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)) ? url.href : undefined;
}

function strings(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.filter((item): item is string => typeof item === 'string' && item !== '');
}
