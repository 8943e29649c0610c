import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request as httpRequest } from 'node:http';

// A program. Asks `TARGET`, a DynamoDB, once per operation and body, and says the same ever after: what a service does with an
// answer can be measured apart from the emulator, which answers slower than the service works.
const { TARGET = '', PORT, HOST } = process.env;

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const known = new Map<string, Promise<Answer>>();

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    if (request.url === '/health') return void response.end();
    const body = Buffer.concat(chunks);
    const key = `${String(request.headers['x-amz-target'])} ${body.toString()}`;
    const answer = known.get(key) ?? ask(request.headers, body);
    known.set(key, answer);
    answer.then(
      ({ status, headers, body: bytes }) => response.writeHead(status, headers).end(bytes),
      () => response.writeHead(502).end(),
    );
  });
});
server.listen(Number(PORT), HOST);
process.once('SIGTERM', () => process.exit(0));

async function ask(headers: IncomingHttpHeaders, body: Buffer): Promise<Answer> {
  const own = { ...headers, host: new URL(TARGET).host };
  const request = httpRequest(TARGET, { method: 'POST', headers: own, agent: false }).end(body);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const { 'content-type': type = '', 'x-amz-crc32': crc } = response.headers;
  const kept = { 'content-type': type, 'content-length': String(bytes.length) };
  return {
    status: response.statusCode ?? 502,
    headers: { ...kept, ...(crc !== undefined && { 'x-amz-crc32': String(crc) }) },
    body: bytes,
  };
}
