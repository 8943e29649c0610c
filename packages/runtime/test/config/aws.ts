import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The part of AWS's JSON protocol that reads secrets and parameters, served over a real port. */
export interface FakeAws {
  readonly url: string;
  /** By stage; an absent one does not exist. */
  readonly secret: { AWSCURRENT?: string; AWSPREVIOUS?: string };
  parameter: string | undefined;
  /** Answers 500 to everything while true. */
  down: boolean;
  calls: number;
  /** Secrets that were asked for, as `<id> <stage>`. */
  readonly asked: string[];
  close(): Promise<void>;
}

export async function startFakeAws(): Promise<FakeAws> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => void (body += String(chunk)));
    request.on('end', () => {
      aws.calls++;
      const [status, answer] = aws.down
        ? [500, {}]
        : reply(String(request.headers['x-amz-target']), JSON.parse(body) as Query);
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const aws: FakeAws = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secret: {},
    parameter: undefined,
    down: false,
    calls: 0,
    asked: [],
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };

  type Query = { SecretId?: string; VersionStage?: 'AWSCURRENT' | 'AWSPREVIOUS' };
  function reply(target: string, query: Query): [number, object] {
    if (target === 'secretsmanager.GetSecretValue') {
      aws.asked.push(`${query.SecretId} ${query.VersionStage}`);
      const value = aws.secret[query.VersionStage ?? 'AWSCURRENT'];
      return value === undefined ? [400, { __type: 'ResourceNotFoundException' }] : [200, { SecretString: value }];
    }
    return aws.parameter === undefined
      ? [400, { __type: 'ParameterNotFound' }]
      : [200, { Parameter: { Value: aws.parameter } }];
  }
  return aws;
}
