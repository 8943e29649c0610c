import { connect } from 'node:net';
import { gunzipSync } from 'node:zlib';

export interface RawAnswer {
  readonly status: number;
  /** By lower-case name; repeated ones in their order. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
}

/** Sends a request as it is written: `Host: x` is a second host, `host: x` the only one. */
export async function send(base: string, line: string, headers: readonly string[] = []): Promise<RawAnswer> {
  const { port } = new URL(base);
  const socket = connect(Number(port), '127.0.0.1');
  const host = headers.some((each) => each.startsWith('host:')) ? [] : ['Host: localhost'];
  const all = [...host, ...headers, 'Connection: close'];
  socket.write(`${line} HTTP/1.1\r\n${all.map((each) => `${each}\r\n`).join('')}\r\n`, 'latin1');
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return parse(Buffer.concat(chunks));
}

function parse(bytes: Buffer): RawAnswer {
  const end = bytes.indexOf('\r\n\r\n');
  const [first = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const headers: Record<string, string[]> = {};
  for (const line of lines) {
    const [, name = '', value = ''] = /^([^:]*):\s*(.*)$/.exec(line) ?? [];
    (headers[name.toLowerCase()] ??= []).push(value);
  }
  const raw = bytes.subarray(end + 4);
  const body = headers['transfer-encoding'] ? joined(raw) : raw;
  const text = headers['content-encoding'] && body.length > 0 ? gunzipSync(body) : body;
  return { status: Number(first.split(' ')[1]), headers, body: text.toString('latin1') };
}

function joined(raw: Buffer): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = raw.indexOf('\r\n', at);
    const size = Number.parseInt(raw.subarray(at, lineEnd).toString(), 16);
    if (!(size > 0)) return Buffer.concat(parts);
    parts.push(raw.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}

/** Of nginx, of a connection, or of this second. */
const incidental = new Set(['server', 'date', 'connection', 'keep-alive', 'transfer-encoding']);

/** What must be the same with nginx and without: all but nginx's own pages and the seconds of `Expires`. */
export function comparable({ status, headers, body }: RawAnswer, isOwnPage: boolean): object {
  // nginx adds the headers of the configuration twice there.
  if (status === 416) return { status, headers: { 'content-range': headers['content-range'] } };
  const kept = Object.entries(headers).filter(
    ([name]) => !incidental.has(name) && !(isOwnPage && name === 'content-length'),
  );
  const told = kept.map(([name, values]) => [name, name === 'expires' ? values.map(expiry) : values]);
  return { status, headers: Object.fromEntries(told), ...(isOwnPage ? {} : { body }) };
}

/** Hours from now; what is years away stays as it is. */
function expiry(value: string): string {
  const hours = Math.round((Date.parse(value) - Date.now()) / 3_600_000);
  return Math.abs(hours) > 10_000 ? value : `${hours} h`;
}

/** Whether the answer's body is, or without `HEAD` would be, nginx's own and no file's. */
export function isNginxPage({ status, headers, body }: RawAnswer): boolean {
  return body.includes('<center>nginx') || (body === '' && status >= 300 && !headers['etag']);
}
