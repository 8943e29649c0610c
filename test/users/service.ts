import { join } from 'node:path';
import { migrate } from '@keelson/runtime/postgres';
import { sqlOn } from '../../packages/runtime/test/data/database.ts';
import { repository } from '../support/imports.ts';
import { type ServiceProcess, startService } from '../support/service-process.ts';
import { ada } from './story.ts';
import { freePort } from '../support/free-port.ts';

/** The users service as an image runs it. */
export interface UsersService {
  readonly url: string;
  readonly process: ServiceProcess;
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
}

export interface CallOptions {
  readonly token?: string;
  readonly body?: unknown;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

const started: ServiceProcess[] = [];

/** Kills what a file started; for `afterAll`. */
export async function endServices(): Promise<void> {
  for (const { child, exited } of started.splice(0)) {
    child.kill('SIGKILL');
    await exited();
  }
}

export interface Wires {
  readonly databaseUrl: string;
  readonly mailUrl: string;
  readonly env?: Readonly<Record<string, string>>;
}

export async function startUsers({ databaseUrl, mailUrl, env = {} }: Wires): Promise<UsersService> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const process = startService('users', {
    HOST: '127.0.0.1',
    PORT: String(port),
    // The same for all, so that a token of one is good at another, as of tasks behind a load balancer.
    PUBLIC_URL: 'http://localhost:5000',
    DATABASE_URL: databaseUrl,
    MAIL_URL: mailUrl,
    MAIL_FROM: 'no-reply@users.example.com',
    ACCOUNT_KEYS: 'k'.repeat(40),
    ...env,
  });
  started.push(process);
  await process.listening();
  return { url, process, call: (method, path, options) => call(`${url}${path}`, method, options) };
}

export async function migrateUsers(databaseUrl: string): Promise<void> {
  const folder = join(repository, 'templates/users/migrations');
  await migrate({ env: { DATABASE_URL: databaseUrl }, folder });
}

/** Token of the link in the newest mail of the outbox that was not delivered yet. */
export async function waitingLink(databaseUrl: string): Promise<string> {
  const [mail] = await sqlOn(
    databaseUrl,
    'select text from keelson_mail where text is not null order by created_at desc limit 1',
  );
  return /#([\w-]{43})/.exec(String(mail?.['text']))?.[1] ?? '';
}

/** Registers, confirms and signs in Ada, the first administrator; answers her access token. */
export async function adaToken(service: UsersService, databaseUrl: string): Promise<string> {
  await service.call('POST', '/auth/register', { body: ada });
  await service.call('POST', '/auth/confirm', { body: { token: await waitingLink(databaseUrl) } });
  return tokenOf(service, ada);
}

export async function tokenOf(service: UsersService, person: { email: string; password: string }): Promise<string> {
  const { email, password } = person;
  const { status, json, text } = await service.call('POST', '/auth/login', { body: { email, password } });
  if (status !== 200) throw new Error(`login: ${status} ${text}`);
  return String(json['access_token']);
}

async function call(url: string, method: string, { token, body }: CallOptions = {}): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    text,
    json: /json/.test(response.headers.get('content-type') ?? '') ? parse(text) : {},
  };
}

function parse(text: string): Record<string, unknown> {
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}
