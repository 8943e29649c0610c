import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, type TranslateConfig } from '@aws-sdk/lib-dynamodb';
import type { Boot, Env } from '../../config/boot.ts';
import { invalid, missing } from '../../config/problems.ts';
import { awsAgents } from '../aws/agents.ts';
import { exactNumber } from './number.ts';

export interface Connection {
  /** For commands of the service's own; the SDK makes three attempts. */
  readonly client: DynamoDBDocumentClient;
  /** One attempt per command: {@link withRetries} decides about the next. */
  readonly once: DynamoDBDocumentClient;
  /** Ends idle connections, all of them or when the last command was long ago; see `AwsAgents`. */
  dropIdle(): void;
  dropStale(): void;
  close(): void;
}

const translation: TranslateConfig = {
  marshallOptions: { removeUndefinedValues: true, convertClassInstanceToMap: false },
  unmarshallOptions: { wrapNumbers: exactNumber },
};

/** Reports an absent region to `boot`. Connects at the first command. */
export function openConnection(boot: Boot): Connection {
  const agents = awsAgents();
  const { httpAgent, httpsAgent } = agents;
  const config: DynamoDBClientConfig = {
    ...place(boot),
    ...credentials(boot.env),
    requestHandler: {
      connectionTimeout: 1_000,
      requestTimeout: 3_000,
      throwOnRequestTimeout: true,
      httpAgent,
      httpsAgent,
    },
  };
  const several = new DynamoDBClient({ ...config, maxAttempts: 3 });
  // One chain of credentials for both: they are fetched and refreshed once.
  const single = new DynamoDBClient({ ...config, credentials: several.config.credentials, maxAttempts: 1 });
  return {
    client: DynamoDBDocumentClient.from(several, translation),
    once: DynamoDBDocumentClient.from(single, translation),
    dropIdle: agents.dropIdle,
    dropStale: agents.dropStale,
    close: () => {
      several.destroy();
      single.destroy();
      agents.destroy();
    },
  };
}

function place(boot: Boot): Pick<DynamoDBClientConfig, 'region' | 'endpoint'> {
  const { env } = boot;
  const region = env['AWS_REGION'] || env['AWS_DEFAULT_REGION'];
  if (!region) boot.problem(missing('AWS_REGION', 'region of the table, e.g. eu-central-1'));
  const name = env['AWS_ENDPOINT_URL_DYNAMODB'] ? 'AWS_ENDPOINT_URL_DYNAMODB' : 'AWS_ENDPOINT_URL';
  const endpoint = env[name];
  if (endpoint && !/^https?:$/.test(URL.canParse(endpoint) ? new URL(endpoint).protocol : '')) {
    boot.problem(invalid(name, 'is not an http or https address.', 'Example: http://127.0.0.1:8000.'));
    return { region: region ?? 'unknown' };
  }
  return { region: region ?? 'unknown', ...(endpoint && { endpoint }) };
}

/** Those of the environment that the service was built with; otherwise the SDK looks for the task's role itself. */
function credentials(env: Env): Pick<DynamoDBClientConfig, 'credentials'> {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: token } = env;
  if (env === process.env || !accessKeyId || !secretAccessKey) return {};
  return { credentials: { accessKeyId, secretAccessKey, ...(token && { sessionToken: token }) } };
}
