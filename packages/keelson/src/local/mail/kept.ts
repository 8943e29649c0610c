import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MailSummary } from './inbox.ts';

/** What earlier runs left, oldest first. */
export async function readKept(folder: string, log: (line: string) => void): Promise<Map<string, MailSummary>> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
  const found: MailSummary[] = [];
  for (const file of files) {
    const mail = await readSummary(join(folder, file));
    const whole = mail && file === `${mail.id}.json` && existsSync(join(folder, `${mail.id}.eml`));
    if (whole) found.push(mail);
    else log(`${join(folder, file)} is no mail that was kept; it is left out of the inbox.`);
  }
  return new Map(found.map((mail) => [mail.id, mail]));
}

async function readSummary(file: string): Promise<MailSummary | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    return isSummary(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isSummary(value: unknown): value is MailSummary {
  if (typeof value !== 'object' || value === null) return false;
  const { id, from, to, subject, receivedAt, size } = value as Partial<Record<keyof MailSummary, unknown>>;
  const texts = [id, from, subject, receivedAt, ...(Array.isArray(to) ? to : [undefined])];
  return texts.every((text) => typeof text === 'string') && isId(String(id)) && typeof size === 'number';
}

/** Ids become names of files. */
export function isId(text: string): boolean {
  return /^[0-9a-z]{9,}-[0-9a-f]{8}$/.test(text);
}
