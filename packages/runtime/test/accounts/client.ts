import type { MailMessage } from '@keelson/runtime/accounts';
import { goodPassword, type TestAccounts } from './service.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // The shape of an answer is what the tests look at.
  readonly json: Record<string, unknown>;
}

export interface Sent {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export async function call(service: TestAccounts, method: string, path: string, sent: Sent = {}): Promise<Answer> {
  const { token, headers, body } = sent;
  const answer = await fetch(service.origin + path, {
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, json: parse(text) };
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

export function post(service: TestAccounts, path: string, body: unknown, sent: Sent = {}): Promise<Answer> {
  return call(service, 'POST', path, { ...sent, body });
}

/** The token of a mailed link. */
export function tokenIn(mail: MailMessage | undefined): string {
  const token = /#([\w-]{43})(?![\w-])/.exec(mail?.text ?? '')?.[1];
  if (token === undefined) throw new Error(`no link in ${mail?.subject ?? 'no mail'}`);
  return token;
}

export interface Person {
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

export function someone(name: string): Person {
  return { email: `${name}@example.com`, name, password: goodPassword };
}

/** Registers and confirms. */
export async function join(service: TestAccounts, person: Person): Promise<Person> {
  const registered = await post(service, '/auth/register', person);
  if (registered.status !== 202) throw new Error(`register: ${registered.text}`);
  const [mail] = await service.mails();
  const confirmed = await post(service, '/auth/confirm', { token: tokenIn(mail) });
  if (confirmed.status !== 200) throw new Error(`confirm: ${confirmed.text}`);
  return person;
}

export interface Tokens {
  readonly access: string;
  readonly refresh: string;
  /** `name=value` of the device's cookie. */
  readonly device: string;
}

export async function signIn(service: TestAccounts, { email, password }: Person, sent: Sent = {}): Promise<Tokens> {
  const answer = await post(service, '/auth/login', { email, password }, sent);
  if (answer.status !== 200) throw new Error(`login: ${answer.status} ${answer.text}`);
  return {
    access: String(answer.json['access_token']),
    refresh: String(answer.json['refresh_token']),
    device: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '',
  };
}
