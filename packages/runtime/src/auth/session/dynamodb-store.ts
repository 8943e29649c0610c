import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Env } from '../../config/boot.ts';
import { checkInstalled, optionalPackage } from '../../config/optional-package.ts';
import { type AwsAgents, awsAgents } from '../../data/aws/agents.ts';
import type { SessionStore } from './store.ts';

type Sdk = typeof import('@aws-sdk/client-dynamodb');

const sdkName = '@aws-sdk/client-dynamodb';
const variable = 'SESSION_TABLE';

interface Connection {
  readonly sdk: Sdk;
  readonly client: DynamoDBClient;
  readonly agents: AwsAgents;
}

export interface DynamoDbSessions extends SessionStore {
  /** @throws ConfigError when the SDK is not installed */
  check(): void;
  /** Loads the SDK, which the first call does otherwise. */
  open(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Keeps what ended sessions leave behind in a DynamoDB table: partition key `key` (string), TTL attribute `expiresAt`
 * (epoch seconds). `@aws-sdk/client-dynamodb` must be installed; it reads region, credentials and
 * `AWS_ENDPOINT_URL_DYNAMODB` as the SDK always does, from `env`.
 */
export function dynamoDbSessions(table: string, env: Env = process.env): DynamoDbSessions {
  let connection: Promise<Connection> | undefined;
  const connect = (): Promise<Connection> => {
    connection ??= openConnection(env).catch((error: unknown) => {
      connection = undefined;
      throw error;
    });
    return connection;
  };
  return {
    revoke: async (key, notBefore, expiresAt) => revoke(await connect(), table, key, notBefore, expiresAt),
    notBefore: async (keys) => readNotBefore(await connect(), table, [...new Set(keys)]),
    consume: async (key, expiresAt) => consume(await connect(), table, key, expiresAt),
    check: () => checkInstalled(variable, sdkName),
    open: async () => void (await connect()),
    close: async () => {
      const opened = await connection;
      opened?.client.destroy();
      opened?.agents.destroy();
    },
  };
}

async function openConnection(env: Env): Promise<Connection> {
  const load = () => import('@aws-sdk/client-dynamodb');
  const sdk = await optionalPackage(variable, sdkName, load);
  const endpoint = env.AWS_ENDPOINT_URL_DYNAMODB ?? env.AWS_ENDPOINT_URL;
  const region = env.AWS_REGION ?? env.AWS_DEFAULT_REGION;
  const agents = awsAgents();
  const { httpAgent, httpsAgent } = agents;
  const client = new sdk.DynamoDBClient({
    ...(region && { region }),
    ...(endpoint && { endpoint }),
    maxAttempts: 2,
    requestHandler: {
      connectionTimeout: 1_000,
      requestTimeout: 1_500,
      throwOnRequestTimeout: true,
      httpAgent,
      httpsAgent,
    },
  });
  trustNoDeadConnection(client, agents);
  return { sdk, client, agents };
}

/** The one further attempt that the SDK makes must not meet the next dead connection. */
function trustNoDeadConnection(client: DynamoDBClient, { dropStale, dropIdle }: AwsAgents): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      dropStale();
      try {
        return await next(args);
      } catch (error) {
        dropIdle();
        throw error;
      }
    },
    { step: 'finalizeRequest', priority: 'low', name: 'trustNoDeadConnection' },
  );
}

async function revoke({ sdk, client }: Connection, table: string, key: string, notBefore: Date, expiresAt: Date) {
  await onlyIf(sdk, () =>
    client.send(
      new sdk.PutItemCommand({
        TableName: table,
        Item: {
          key: { S: key },
          notBefore: { N: String(notBefore.getTime()) },
          expiresAt: { N: epochSeconds(expiresAt) },
        },
        // A later revocation that is there already says more.
        ConditionExpression: 'attribute_not_exists(notBefore) OR notBefore < :notBefore',
        ExpressionAttributeValues: { ':notBefore': { N: String(notBefore.getTime()) } },
      }),
    ),
  );
}

async function readNotBefore({ sdk, client }: Connection, table: string, keys: readonly string[]) {
  const found = new Map<string, Date>();
  let wanted = keys.map((key) => ({ key: { S: key } }) as Record<string, { S: string }>);
  for (let round = 0; wanted.length > 0; round++) {
    if (round === 3) throw new Error(`DynamoDB left ${wanted.length} keys of ${table} unread`);
    const { Responses, UnprocessedKeys } = await client.send(
      new sdk.BatchGetItemCommand({ RequestItems: { [table]: { Keys: wanted, ConsistentRead: true } } }),
    );
    for (const { key, notBefore, expiresAt } of Responses?.[table] ?? []) {
      // TTL deletes late, by days sometimes.
      const alive = Number(expiresAt?.N) * 1_000 > Date.now();
      if (alive && key?.S !== undefined && notBefore?.N !== undefined) found.set(key.S, new Date(Number(notBefore.N)));
    }
    wanted = (UnprocessedKeys?.[table]?.Keys ?? []) as Record<string, { S: string }>[];
  }
  return found;
}

function consume({ sdk, client }: Connection, table: string, key: string, expiresAt: Date): Promise<boolean> {
  return onlyIf(sdk, () =>
    client.send(
      new sdk.PutItemCommand({
        TableName: table,
        Item: { key: { S: key }, expiresAt: { N: epochSeconds(expiresAt) } },
        ConditionExpression: 'attribute_not_exists(#key) OR expiresAt < :now',
        ExpressionAttributeNames: { '#key': 'key' },
        ExpressionAttributeValues: { ':now': { N: epochSeconds(new Date()) } },
      }),
    ),
  );
}

/** Whether the condition of a write held. */
async function onlyIf(sdk: Sdk, write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof sdk.ConditionalCheckFailedException) return false;
    throw error;
  }
}

const epochSeconds = (date: Date): string => String(Math.ceil(date.getTime() / 1_000));
