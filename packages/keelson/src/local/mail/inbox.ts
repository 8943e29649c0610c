import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readKept } from './kept.ts';
import { type ParsedMail, parseMail } from './parsed-mail.ts';

/** One line of the list. */
export interface MailSummary {
  /** Sorts by time of arrival. */
  readonly id: string;
  readonly from: string;
  /** Everyone it was handed over for, whatever its headers say. */
  readonly to: readonly string[];
  readonly subject: string;
  /** ISO 8601. */
  readonly receivedAt: string;
  /** Bytes. */
  readonly size: number;
}

export interface Inbox {
  /** Newest first. */
  list(): readonly MailSummary[];
  find(id: string): MailSummary | undefined;
  /** As it arrived; `undefined` when it is gone. */
  source(id: string): Promise<Buffer | undefined>;
  read(id: string): Promise<ParsedMail | undefined>;
  add(envelope: Pick<MailSummary, 'from' | 'to'>, raw: Buffer): Promise<MailSummary>;
  delete(id: string): Promise<void>;
  clear(): Promise<void>;
  /** Calls back after every change, with what arrived. @returns how to stop */
  follow(listener: (arrived: MailSummary | undefined) => void): () => void;
}

/** Mails that are kept; the oldest makes room. */
const capacity = 200;
const mode = 0o600;

/** Opens the folder of kept mail; what cannot be read in it is left out, and a line says so. */
export async function openInbox(folder: string, log: (line: string) => void): Promise<Inbox> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const mails = await readKept(folder, log);
  const changes = new EventEmitter<{ change: [MailSummary | undefined] }>().setMaxListeners(0);
  const fileOf = (id: string, ending: 'eml' | 'json') => join(folder, `${id}.${ending}`);

  const remove = async (id: string) => {
    mails.delete(id);
    for (const ending of ['json', 'eml'] as const) await rm(fileOf(id, ending), { force: true });
  };
  const inbox: Inbox = {
    list: () => [...mails.values()].toReversed(),
    find: (id) => mails.get(id),
    source: async (id) => (mails.has(id) ? readFile(fileOf(id, 'eml')).catch(() => undefined) : undefined),
    read: async (id) => {
      const raw = await inbox.source(id);
      return raw && parseMail(raw);
    },
    add: async ({ from, to }, raw) => {
      const id = newId();
      const { subject } = await parseMail(raw);
      const summary = { id, from, to, subject, receivedAt: new Date().toISOString(), size: raw.length };
      await writeFile(fileOf(id, 'eml'), raw, { mode });
      // The list is what counts: a mail is there when it is in it, whole.
      await writeFile(`${fileOf(id, 'json')}.new`, JSON.stringify(summary), { mode });
      await rename(`${fileOf(id, 'json')}.new`, fileOf(id, 'json'));
      mails.set(id, summary);
      for (const old of [...mails.keys()].slice(0, Math.max(0, mails.size - capacity))) await remove(old);
      changes.emit('change', summary);
      return summary;
    },
    delete: async (id) => {
      if (!mails.has(id)) return;
      await remove(id);
      changes.emit('change', undefined);
    },
    clear: async () => {
      for (const id of [...mails.keys()]) await remove(id);
      changes.emit('change', undefined);
    },
    follow: (listener) => {
      changes.on('change', listener);
      return () => void changes.off('change', listener);
    },
  };
  return inbox;
}

let lastMillis = 0;

function newId(): string {
  // Two of one millisecond keep their order.
  lastMillis = Math.max(Date.now(), lastMillis + 1);
  return `${lastMillis.toString(36).padStart(9, '0')}-${randomBytes(4).toString('hex')}`;
}
