import { DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { startDynamoDb } from '../../src/local/dynamodb/index.ts';
import { groups } from './groups.ts';

// Writes transaction after transaction into the tables of the folder that is its argument, until it is killed.
const [root = '', run = ''] = process.argv.slice(2);
const app = { name: 'hello', region: 'eu-central-1', services: {} };
const context = {
  root,
  stateDir: `${root}/.keelson`,
  app,
  env: {},
  publicUrl: 'http://localhost:8000',
  log: console.error,
};

async function main(): Promise<void> {
  const { env } = await startDynamoDb(context, [groups.table]);
  const client = new DynamoDBClient({
    endpoint: env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '',
    region: app.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  for (let round = 0; ; round++) {
    await client.send(new TransactWriteItemsCommand({ TransactItems: groups.puts(`${run}-${round}`) }));
    console.log(`${run}-${round}`);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
