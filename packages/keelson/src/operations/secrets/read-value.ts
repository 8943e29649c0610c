import type { Input, Io } from '../../io.ts';
import { UserError } from '../../user-error.ts';

/** Bytes that Secrets Manager takes at most. */
const limit = 65_536;

/**
 * The value from standard input: typed at a terminal without being shown, otherwise everything that comes, but for the line
 * break at its end.
 * @throws UserError when it is empty, too long or no text; the message never repeats it
 */
export async function readValue({ stdin, stderr }: Io, name: string): Promise<string> {
  if (!stdin.isTTY) return checked(text(await readAll(stdin)).replace(/\r?\n$/, ''), name);
  const ask = () => stderr.write(`Value of ${name} (not shown, Enter ends it): `);
  const typed = await readHidden(stdin, ask).finally(() => stderr.write('\n'));
  return checked(typed, name);
}

async function readAll(stdin: Input): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > limit + 2)
      throw new UserError(`The value is longer than ${limit} bytes.`, 'Secrets Manager takes no more.');
  }
  return Buffer.concat(chunks);
}

/** Hides first and asks then: what is typed in between would be shown. */
async function readHidden(stdin: Input, ask: () => void): Promise<string> {
  stdin.setRawMode?.(true);
  try {
    ask();
    let typed = Buffer.alloc(0);
    for await (const chunk of stdin) {
      typed = Buffer.concat([typed, chunk]);
      const line = endedLine(typed);
      if (line) return text(line);
    }
    return text(typed);
  } finally {
    stdin.setRawMode?.(false);
  }
}

const keys = { interrupt: 0x03, end: 0x04, backspace: 0x08, delete: 0x7f, newline: 0x0a, enter: 0x0d };

/** What was typed up to Enter, or `undefined` while there is none. @throws UserError on Ctrl-C */
function endedLine(typed: Buffer): Buffer | undefined {
  const kept: number[] = [];
  for (const byte of typed) {
    if (byte === keys.interrupt) throw new UserError('Stopped; nothing was set.', '', 130);
    if (byte === keys.enter || byte === keys.newline || byte === keys.end) return Buffer.from(kept);
    if (byte === keys.backspace || byte === keys.delete) removeLastCharacter(kept);
    else kept.push(byte);
  }
  return undefined;
}

/** The last character with all of its UTF-8 bytes. */
function removeLastCharacter(bytes: number[]): void {
  let last = bytes.pop();
  while (last !== undefined && last >= 0x80 && last < 0xc0) last = bytes.pop();
}

function text(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UserError('The value is no UTF-8 text.', 'Encode it first, e.g. with base64.');
  }
}

function checked(value: string, name: string): string {
  if (value === '')
    throw new UserError(
      'The value is empty; nothing was set.',
      `For example: npx keelson secret set ${name} --env <env> < file`,
    );
  if (value === 'UNSET') throw new UserError('UNSET is what stands for no value.', 'Give the value itself.');
  if (Buffer.byteLength(value) > limit)
    throw new UserError(`The value is longer than ${limit} bytes.`, 'Secrets Manager takes no more.');
  return value;
}
