import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';

const { SESSION_TABLE: TableName } = process.env;
const client = new DynamoDBClient({});

export async function endSession(sid: string): Promise<void> {
  const expiresAt = String(Math.ceil(Date.now() / 1_000) + 86_400);
  const Item = { key: { S: sid }, notBefore: { N: String(Date.now()) }, expiresAt: { N: expiresAt } };
  await client.send(new PutItemCommand({ TableName, Item }));
}

export async function isEnded(sid: string): Promise<boolean> {
  const { Item } = await client.send(new GetItemCommand({ TableName, Key: { key: { S: sid } } }));
  return Item !== undefined;
}
