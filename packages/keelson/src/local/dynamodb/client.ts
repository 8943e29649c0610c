import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

type Sdk = typeof import('@aws-sdk/client-dynamodb');

/** The SDK and a client for what a running part gives its services. */
export async function createClient(
  env: Readonly<Record<string, string>>,
): Promise<{ readonly sdk: Sdk; readonly client: DynamoDBClient }> {
  // The SDK would tell everyone on Node 20 which Node it wants in 2027.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const sdk = await import('@aws-sdk/client-dynamodb');
  const client = new sdk.DynamoDBClient({
    endpoint: env['AWS_ENDPOINT_URL_DYNAMODB'] as string,
    region: env['AWS_REGION'] as string,
    credentials: {
      accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? 'local',
      secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? 'local',
    },
    maxAttempts: 2,
  });
  return { sdk, client };
}

/** Whether an endpoint is on this machine. */
export function isLoopback(endpoint: string): boolean {
  const host = URL.canParse(endpoint) ? new URL(endpoint).hostname : '';
  return host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host);
}
