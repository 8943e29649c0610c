import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';
import {
  BatchGetItemCommand,
  CreateBackupCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { App } from '@keelson/contract';
import { afterEach, describe, expect, it } from 'vitest';
import { clientOf, endAll, newContext, start } from './harness.ts';

afterEach(endAll);

const putOnce = (table: string | undefined, key: string) =>
  new PutItemCommand({
    TableName: table,
    Item: { key: { S: key }, expiresAt: { N: '2000000000' } },
    ConditionExpression: 'attribute_not_exists(#key)',
    ExpressionAttributeNames: { '#key': 'key' },
  });

describe('startDynamoDb', () => {
  it('makes the session table and gives the variables of the contract', async () => {
    const part = await start(await newContext());
    expect(part.env).toEqual({
      SESSION_TABLE: 'hello-local-sessions',
      AWS_REGION: 'eu-central-1',
      AWS_ENDPOINT_URL_DYNAMODB: part.address,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    });
    const { Table } = await clientOf(part).send(new DescribeTableCommand({ TableName: part.env['SESSION_TABLE'] }));
    expect(Table).toMatchObject({ TableStatus: 'ACTIVE', KeySchema: [{ AttributeName: 'key', KeyType: 'HASH' }] });
  });

  it('says that nothing is backed up, and names an operation that it does not have', async () => {
    const part = await start(await newContext());
    const client = clientOf(part);
    const TableName = part.env['SESSION_TABLE'];
    const { ContinuousBackupsDescription: told } = await client.send(
      new DescribeContinuousBackupsCommand({ TableName }),
    );
    expect(told?.PointInTimeRecoveryDescription).toEqual({ PointInTimeRecoveryStatus: 'DISABLED' });
    await expect(client.send(new DescribeContinuousBackupsCommand({ TableName: 'other' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await expect(client.send(new CreateBackupCommand({ TableName, BackupName: 'mine' }))).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'The local DynamoDB has no CreateBackup',
    });
  });

  it('a conditional write holds once, of twenty at a time too', async () => {
    const part = await start(await newContext());
    const client = clientOf(part);
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, () => client.send(putOnce(part.env['SESSION_TABLE'], 'jti'))),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of tries) {
      if (result.status === 'rejected') expect(result.reason.name).toBe('ConditionalCheckFailedException');
    }
  });

  it('keeps items over a restart', async () => {
    const context = await newContext();
    const first = await start(context);
    await clientOf(first).send(putOnce(first.env['SESSION_TABLE'], 'kept'));
    await first.stop();
    const second = await start(context);
    const table = second.env['SESSION_TABLE'] as string;
    const client = clientOf(second);
    const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: { key: { S: 'kept' } } }));
    expect(Item).toEqual({ key: { S: 'kept' }, expiresAt: { N: '2000000000' } });
    const batch = new BatchGetItemCommand({
      RequestItems: { [table]: { Keys: [{ key: { S: 'kept' } }, { key: { S: 'none' } }], ConsistentRead: true } },
    });
    expect((await client.send(batch)).Responses?.[table]).toHaveLength(1);
    expect(context.lines).toEqual([]);
    expect(await readdir(join(context.stateDir, 'dynamodb'))).toContain('LOCK');
  });

  it('stays in memory, and says so, when another process has the folder', async () => {
    const context = await newContext();
    await start(context);
    const second = await start({ ...context });
    expect(second.title).toContain('in memory');
    expect(context.lines.join()).toContain('another process uses it');
    await clientOf(second).send(putOnce(second.env['SESSION_TABLE'], 'x'));
  });

  it('stays in memory, and says so, when the folder cannot be made', async () => {
    const context = await newContext();
    await mkdir(context.stateDir);
    await writeFile(join(context.stateDir, 'dynamodb'), 'a file');
    expect((await start(context)).title).toContain('in memory');
    expect(context.lines).toHaveLength(1);
  });

  it('leaves credentials of the user alone', async () => {
    const part = await start(await newContext({ AWS_PROFILE: 'dev', AWS_REGION: 'eu-west-1' }));
    expect(part.env).not.toHaveProperty('AWS_ACCESS_KEY_ID');
    expect(part.env['AWS_REGION']).toBe('eu-west-1');
  });

  it('uses the endpoint of the user, and makes the table there when it is on this machine', async () => {
    const theirs = await start(await newContext());
    const part = await start(
      await newContext({ AWS_ENDPOINT_URL_DYNAMODB: theirs.address, SESSION_TABLE: 'my-sessions' }),
    );
    expect(part.address).toBe(theirs.address);
    expect(part.env['SESSION_TABLE']).toBe('my-sessions');
    await clientOf(theirs).send(putOnce('my-sessions', 'x'));
  });

  it('says which variable is wrong when nobody answers at the endpoint of the user', async () => {
    const context = await newContext({ AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1' });
    await expect(start(context)).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('AWS_ENDPOINT_URL_DYNAMODB: the DynamoDB at http://127.0.0.1:1 cannot be used'),
      hint: expect.stringContaining('unset AWS_ENDPOINT_URL_DYNAMODB'),
    });
  });

  it('tells the port that it wanted and could not have', async () => {
    const resources: App['resources'] = { shows: { kind: 'table', key: { id: 'string' } } };
    const [one, two] = [
      await start(await newContext({}, { resources })),
      await start(await newContext({}, { resources })),
    ];
    // Whichever program has it, it has it alone.
    for (const { address, movedFrom } of [one, two])
      expect(movedFrom).toBe(new URL(address).port === '8000' ? undefined : 8000);
    expect(new URL(two.address).port).not.toBe(new URL(one.address).port);
  });

  it('wants none for the table that login brings: any free one, and not the one people know', async () => {
    const parts = [await start(await newContext()), await start(await newContext())];
    for (const { address, movedFrom } of parts)
      expect([movedFrom, new URL(address).port === '8000']).toEqual([undefined, false]);
  });

  it('never calls an endpoint of the user that is elsewhere', async () => {
    const part = await start(await newContext({ AWS_ENDPOINT_URL_DYNAMODB: 'https://dynamodb.invalid' }));
    expect(part.env['AWS_ENDPOINT_URL_DYNAMODB']).toBe('https://dynamodb.invalid');
  });
});

describe('who may talk to it', () => {
  it.each([
    [{ host: 'evil.example' }],
    [{ host: 'localhost' }],
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ 'sec-fetch-site': 'same-site' }],
  ])('security 48: a page of another site is refused (%o)', async (headers) => {
    const part = await start(await newContext());
    const response = await new Promise<{ status: number | undefined; allowed: unknown }>((resolve, reject) => {
      request(part.address, { method: 'OPTIONS', headers: headers as Record<string, string> })
        .on('response', (answer) => {
          answer.resume();
          resolve({ status: answer.statusCode, allowed: answer.headers['access-control-allow-origin'] });
        })
        .on('error', reject)
        .end();
    });
    expect(response).toEqual({ status: 403, allowed: undefined });
  });

  it('a client that goes away in mid-request harms nobody', async () => {
    const part = await start(await newContext());
    const { port, host } = new URL(part.address);
    const socket = connect(Number(port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write(`POST / HTTP/1.1\r\nhost: ${host}\r\ncontent-length: 100\r\n\r\n{"Ta`);
    socket.destroy();
    await once(socket, 'close');
    await clientOf(part).send(putOnce(part.env['SESSION_TABLE'], 'after'));
  });
});
