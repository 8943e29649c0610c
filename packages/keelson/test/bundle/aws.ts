import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What an image asks of AWS: its task's credentials, secrets and parameters. */
export interface Aws {
  readonly url: string;
  /** By ARN. */
  readonly secrets: Map<string, string>;
  /** By name. */
  readonly parameters: Map<string, string>;
  /** As ECS gives it to a task: where credentials are, and no credentials. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const credentials = {
  AccessKeyId: 'task',
  SecretAccessKey: 'task',
  Token: 'task',
  Expiration: '2999-01-01T00:00:00Z',
};

type Query = { SecretId?: string; VersionStage?: string; Name?: string };

export async function startAws(): Promise<Aws> {
  const secrets = new Map<string, string>();
  const parameters = new Map<string, string>();
  const answer = (operation: string, { SecretId = '', VersionStage, Name = '' }: Query): object | undefined => {
    if (operation.endsWith('GetParameter')) {
      const Value = parameters.get(Name);
      return Value === undefined ? undefined : { Parameter: { Value } };
    }
    const SecretString = VersionStage === 'AWSPREVIOUS' ? undefined : secrets.get(SecretId);
    return SecretString === undefined ? undefined : { SecretString };
  };
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      if (request.url === '/credentials') return void response.end(JSON.stringify(credentials));
      const operation = String(request.headers['x-amz-target']);
      const found = answer(operation, JSON.parse(body) as Query);
      const type = operation.endsWith('GetParameter') ? 'ParameterNotFound' : 'ResourceNotFoundException';
      response.writeHead(found ? 200 : 400, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(found ?? { __type: type }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    secrets,
    parameters,
    env: { AWS_ENDPOINT_URL: url, AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/credentials` },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
