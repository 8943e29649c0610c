import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A request to AWS, as it came. */
export interface Recorded {
  /** Of the signature: `ecs`. */
  readonly service: string;
  readonly method: string;
  readonly url: URL;
  /** `UpdateService`; for S3 empty. */
  readonly operation: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Recorder {
  readonly url: string;
  readonly requests: readonly Recorded[];
  stop(): Promise<void>;
}

/** Passes everything on to `target`, an emulated account, and remembers it. */
export async function startRecorder(target: string): Promise<Recorder> {
  const requests: Recorded[] = [];
  const server = createServer((incoming, outgoing) => {
    void buffer(incoming).then((body) => {
      const { method = '', url = '/', headers } = incoming;
      requests.push(recorded(method, new URL(url, target), headers, body.toString()));
      const onward = request(new URL(url, target), { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      onward.on('error', () => outgoing.writeHead(502).end());
      onward.end(body);
    });
  });
  // A connection that is closed while it is used again would be an answer lost.
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function recorded(
  method: string,
  url: URL,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  text: string,
): Recorded {
  const [, service = ''] = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(String(headers['authorization'])) ?? [];
  const target = headers['x-amz-target'];
  if (typeof target === 'string') {
    const body = JSON.parse(text || '{}') as Record<string, unknown>;
    return { service, method, url, operation: target.slice(target.lastIndexOf('.') + 1), body };
  }
  const form = service === 's3' ? {} : Object.fromEntries(new URLSearchParams(text));
  return { service, method, url, operation: form['Action'] ?? '', body: form };
}
