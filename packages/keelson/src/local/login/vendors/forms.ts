import { createHash, randomInt } from 'node:crypto';

/** Hex digest that stands for an email address in a made-up subject. */
export function digest(email: string): string {
  return createHash('sha256').update(email.toLowerCase()).digest('hex');
}

export function randomString(length: number, alphabet: string): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}

export const digits = '0123456789';
export const lowerCase = 'abcdefghijklmnopqrstuvwxyz';
export const upperCase = lowerCase.toUpperCase();
