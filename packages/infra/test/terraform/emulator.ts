import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

/** An emulated AWS account (moto) behind a proxy that answers what moto does not know. */
export interface Emulator {
  readonly url: string;
  /** Variables for Terraform and other clients. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export function hasEmulator(): boolean {
  return spawnSync('moto_server', ['--help'], { stdio: 'ignore' }).status === 0;
}

/** @param tasks how many tasks run for every service; a service is steady when it wants as many */
export async function startEmulator(tasks: number): Promise<Emulator> {
  // A certificate counts as validated after as many seconds.
  const env = { ...process.env, MOTO_ECS_SERVICE_RUNNING: String(tasks), MOTO_ACM_VALIDATION_WAIT: '1' };
  const moto = spawn('moto_server', ['-H', '127.0.0.1', '-p', '0'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const port = await listening(moto);
  const proxy = createServer((incoming, outgoing) => void forward(incoming, outgoing, port));
  // A connection that is closed while it is used again would be an answer lost.
  proxy.keepAliveTimeout = 0;
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  return {
    url,
    env: {
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: 'emulated',
      AWS_SECRET_ACCESS_KEY: 'emulated',
      AWS_MAX_ATTEMPTS: '2',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    stop: () => stop(proxy, moto),
  };
}

/** What moto lacks; the provider asks Application Auto Scaling for tags again and again. */
const answers: Readonly<Record<string, string>> = {
  'AnyScaleFrontendService.ListTagsForResource': '{"Tags":{}}',
  'AnyScaleFrontendService.TagResource': '{}',
  'AnyScaleFrontendService.UntagResource': '{}',
  // Missing in moto too; what is left goes with its user pool.
  'AWSCognitoIdentityProviderService.DeleteResourceServer': '{}',
  // Asked for because moto forgets `concurrent_build_limit`; the provider would try again for minutes.
  'CodeBuild_20161006.UpdateProject': '{}',
};

/** The same for an API without targets: a request as a line, `DELETE /path`. */
const emptyAnswers: readonly RegExp[] = [
  // What is deleted with the file system, a moment later.
  /^DELETE \/2015-02-01\/file-systems\/[\w-]+\/policy$/,
];

/** Requests that moto takes differently from AWS. */
const changes: Readonly<Record<string, (body: string) => string>> = {
  // AWS takes the ARN of a project for its name, moto then deletes nothing.
  'CodeBuild_20161006.DeleteProject': (body) => body.replace(/"arn:[^"]*:project\//, '"'),
};

async function forward(incoming: IncomingMessage, outgoing: ServerResponse, port: number): Promise<void> {
  const target = String(incoming.headers['x-amz-target']);
  const answer = answers[target];
  if (answer !== undefined) {
    incoming.resume();
    outgoing.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(answer);
    return;
  }
  if (emptyAnswers.some((line) => line.test(`${incoming.method} ${incoming.url}`))) {
    incoming.resume();
    outgoing.writeHead(204).end();
    return;
  }
  const change = changes[target];
  const body = change && Buffer.from(change(await text(incoming)));
  const { method, url: path } = incoming;
  const headers = body ? { ...incoming.headers, 'content-length': String(body.length) } : incoming.headers;
  const onward = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
    outgoing.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(outgoing);
  });
  onward.on('error', () => outgoing.writeHead(502).end());
  if (body) onward.end(body);
  else incoming.pipe(onward);
}

/** The port that it was given, told once it listens there. */
function listening(moto: ChildProcess): Promise<number> {
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    moto.once('error', reject);
    moto.once('close', (code) => reject(new Error(`moto_server ended with ${code}: ${said.join('\n')}`)));
    if (!moto.stderr) return;
    // Read to the end: it tells every request, and would wait for a reader.
    createInterface({ input: moto.stderr }).on('line', (line) => {
      const [, given] = /Running on http:\/\/127\.0\.0\.1:(\d+)/.exec(line) ?? [];
      if (given !== undefined) resolve(Number(given));
      else if (said.length < 20) said.push(line);
    });
  });
}

async function stop(proxy: Server, moto: ChildProcess): Promise<void> {
  proxy.closeAllConnections();
  proxy.close();
  if (moto.exitCode !== null || moto.signalCode !== null) return;
  moto.kill();
  await once(moto, 'exit');
}
