import { ConfigError } from '@keelson/runtime/errors';
import type { LocalContext, LocalPart } from '../part.ts';

/**
 * The mail server that the user's own `MAIL_URL` names; nothing is started then. `undefined` when there is none.
 * @throws ConfigError when it would deliver mail to real people and nobody said that it may
 */
export function givenMail({ env }: LocalContext, from: string): LocalPart | undefined {
  const { MAIL_URL: url, MAIL_URL_SECRET_ARN: arn, KEELSON_SEND_MAIL: mayLeave } = env;
  if (url) {
    if (!isLoopback(url) && mayLeave !== '1') throw leaves('MAIL_URL');
    return part('MAIL_URL', hostOf(url), { MAIL_URL: url, MAIL_FROM: from });
  }
  if (!arn) return undefined;
  if (mayLeave !== '1') throw leaves('MAIL_URL_SECRET_ARN');
  return part('MAIL_URL_SECRET_ARN', arn, { MAIL_URL_SECRET_ARN: arn, MAIL_FROM: from });
}

function part(source: string, address: string, env: Record<string, string>): LocalPart {
  return { title: `Mail server (yours, from ${source})`, address, env, stop: async () => {} };
}

function leaves(path: string): ConfigError {
  return new ConfigError([
    {
      path,
      message: 'leads away from this machine: a test would mail real people.',
      hint: `Remove ${path} to read mail in the console’s inbox, or set KEELSON_SEND_MAIL=1 if it is to be delivered.`,
    },
  ]);
}

/** Never user or password. */
function hostOf(text: string): string {
  if (!URL.canParse(text)) return 'an address that cannot be read';
  const { protocol, host } = new URL(text);
  return `${protocol}//${host}`;
}

function isLoopback(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return /^smtps?:$/.test(protocol) && /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/i.test(hostname);
}
