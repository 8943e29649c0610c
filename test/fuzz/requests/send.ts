import { Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request as httpRequest } from 'node:http';

export interface Sent {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Outgoing {
  readonly method: string;
  /** Sent as it is. */
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer | undefined;
  readonly chunked: boolean;
}

export interface Sender {
  send(url: string, request: Outgoing): Promise<Sent>;
  close(): void;
}

/** Milliseconds: a service that says nothing for so long hangs. */
const patience = 20_000;

/** Sends requests over connections that are used again. */
export function createSender(): Sender {
  const agent = new Agent({ keepAlive: true, maxSockets: 32, timeout: patience });
  return {
    close: () => agent.destroy(),
    send: (url, request) =>
      transfer(agent, url, request).catch((error: unknown) => {
        // The service may close an idle connection in the moment it is used again: nobody has read the request then.
        if (error instanceof Lost && error.unread) return transfer(undefined, url, request);
        throw error;
      }),
  };
}

class Lost extends Error {
  readonly unread: boolean;

  constructor(cause: NodeJS.ErrnoException, unread: boolean) {
    super(`The connection ended without an answer: ${cause.code ?? cause.message}`, { cause });
    this.unread = unread;
  }
}

function transfer(
  agent: Agent | undefined,
  url: string,
  { method, path, headers, body, chunked }: Outgoing,
): Promise<Sent> {
  const { hostname, port } = new URL(url);
  // What is refused before it was read ends the connection.
  const own = (body?.length ?? 0) > 500_000 || agent === undefined;
  // Said by name: Node does not frame the body of a GET by itself.
  const framing = body && (chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': body.length });
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        hostname,
        port,
        method,
        path,
        headers: { ...headers, ...framing },
        agent: own ? false : agent,
        signal: AbortSignal.timeout(patience),
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    request.on('error', (error) => reject(new Lost(error, request.reusedSocket && !own)));
    if (chunked && body) request.write(body);
    request.end(chunked ? undefined : body);
  });
}
