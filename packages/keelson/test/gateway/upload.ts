import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';

export interface Answer {
  readonly status: number | undefined;
  readonly body: string;
}

/** Posts zeros, on a connection of its own, as clients do that send everything before they read; waits for all of the answer. */
export async function upload(
  url: string,
  bytes: number,
  headers: Readonly<Record<string, string | number>> = { 'content-length': bytes },
): Promise<Answer> {
  const outgoing = request(url, { method: 'POST', headers, agent: false });
  // Once there is an answer, what cuts the rest of the body off is no fault of it.
  outgoing.on('error', () => {});
  outgoing.end(Buffer.alloc(bytes));
  try {
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    let body = '';
    for await (const chunk of incoming) body += String(chunk);
    return { status: incoming.statusCode, body };
  } finally {
    outgoing.destroy();
  }
}
