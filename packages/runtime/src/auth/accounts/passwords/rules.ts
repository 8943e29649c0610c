import { refused } from '../input.ts';
import { isCommon } from './common.ts';

const minLength = 8;
const maxLength = 128;

/**
 * Checks a new password, which is then taken verbatim (NIST SP 800-63B, section 5.1.1.2): 8 to 128 characters (code points),
 * any of them, none of the most common passwords.
 * @param field name of the field, for the complaint
 * @throws KeelsonError `INVALID_REQUEST`
 */
export function checkPassword(password: string, field = 'password'): string {
  const { length } = [...password];
  if (length < minLength || length > maxLength) {
    throw refused(field, `must have ${minLength} to ${maxLength} characters`);
  }
  // Half a character has no UTF-8: two different ones would be the same password.
  if (/\p{Surrogate}/u.test(password)) throw refused(field, 'has half a character in it');
  if (isCommon(password)) throw refused(field, 'is one of the most common passwords; take another one');
  return password;
}
