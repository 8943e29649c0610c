import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '@keelson/contract';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { afterEach } from 'vitest';
import type { Inbox } from '../../src/local/mail/inbox.ts';
import { type MailOptions, startMail } from '../../src/local/mail/index.ts';
import type { LocalContext, LocalPart } from '../../src/local/part.ts';

const running = new Set<LocalPart>();
const folders = new Set<string>();

afterEach(async () => {
  for (const part of running) await part.stop();
  running.clear();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
  folders.clear();
});

export async function newContext(env: LocalContext['env'] = {}): Promise<LocalContext & { lines: string[] }> {
  const root = await mkdtemp(join(tmpdir(), 'keelson-mail-'));
  folders.add(root);
  const lines: string[] = [];
  const app = { name: 'hello', resources: { mail: { kind: 'mail' } }, services: {} } as unknown as App;
  return {
    root,
    stateDir: join(root, '.keelson'),
    app,
    env,
    publicUrl: '',
    log: (line) => void lines.push(line),
    lines,
  };
}

export async function start(
  context: LocalContext,
  from?: string,
  options?: MailOptions,
): Promise<LocalPart & { inbox: Inbox }> {
  const part = await startMail(context, 'mail', { kind: 'mail', ...(from ? { from } : {}) }, options);
  running.add(part);
  return part as LocalPart & { inbox: Inbox };
}

export async function stop(part: LocalPart): Promise<void> {
  running.delete(part);
  await part.stop();
}

/** Sends as a service does, over the port. */
export async function send(url: string, mail: SendMailOptions): Promise<void> {
  const transport = createTransport(url);
  try {
    await transport.sendMail({ from: 'hello <no-reply@hello.localhost>', to: 'ann@example.org', ...mail });
  } finally {
    transport.close();
  }
}
