import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type AttributeValue, QueryCommand, ScanCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, expect, test } from 'vitest';
import { clientOf, endAll, ends, newContext, start, type TestContext } from './harness.ts';
import { groups } from './groups.ts';

const writer = fileURLToPath(new URL('./write-forever.ts', import.meta.url));

afterEach(endAll);

/** Runs the writer until it has told of `rounds` groups, then kills it in the middle of the next ones. */
async function writeAndKill({ root }: TestContext, run: string, rounds: number): Promise<string[]> {
  const args = ['--conditions=keelson-source', '--import', 'tsx', writer, root, run];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  ends.push(() => void child.kill('SIGKILL'));
  const told: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    told.push(line);
    if (told.length === rounds) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return told;
}

async function readAll(context: TestContext) {
  const part = await start(context, [groups.table]);
  const client = clientOf(part);
  const items: Record<string, AttributeValue>[] = [];
  const entries: Record<string, AttributeValue>[] = [];
  const pages = async (into: typeof items, command: () => ScanCommand | QueryCommand) => {
    let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
    do {
      const next = command();
      next.input.ExclusiveStartKey = ExclusiveStartKey;
      const { Items = [], LastEvaluatedKey } = await client.send(next as ScanCommand);
      into.push(...Items);
      ExclusiveStartKey = LastEvaluatedKey;
    } while (ExclusiveStartKey);
  };
  await pages(items, () => new ScanCommand({ TableName: 'groups' }));
  await pages(
    entries,
    () =>
      new QueryCommand({
        TableName: 'groups',
        IndexName: 'by_kind',
        KeyConditionExpression: 'kind = :x',
        ExpressionAttributeValues: { ':x': { S: 'x' } },
      }),
  );
  await part.stop();
  return { items, entries };
}

test('a transaction is whole or not there, however often the process is killed in the middle', async () => {
  const context = await newContext();
  const told: string[] = [];
  for (const [run, rounds] of Object.entries({ a: 1, b: 3, c: 8, d: 20 })) {
    told.push(...(await writeAndKill(context, run, rounds)));
    const { items, entries } = await readAll(context);
    expect(context.lines).toEqual([]);
    const sizes = new Map<string | undefined, number>();
    for (const { pk } of items) sizes.set(pk?.S, (sizes.get(pk?.S) ?? 0) + 1);
    expect(new Set(sizes.values())).toEqual(new Set([groups.size]));
    expect(told.every((group) => sizes.has(group))).toBe(true);
    const name = ({ pk, sk }: Record<string, AttributeValue>) => `${pk?.S}/${sk?.N}`;
    expect(entries.map(name).sort()).toEqual(items.map(name).sort());
  }
});

test('a token is known after a restart', async () => {
  const context = await newContext();
  const send = async (puts: ReturnType<typeof groups.puts>) => {
    const part = await start(context, [groups.table]);
    const command = new TransactWriteItemsCommand({ TransactItems: puts, ClientRequestToken: 'once' });
    await clientOf(part)
      .send(command)
      .finally(() => part.stop());
  };
  const [first, ...rest] = groups.puts('g');
  if (!first) throw new Error('no puts');
  const created = { Put: { ...first.Put, ConditionExpression: 'attribute_not_exists(pk)' } };
  await send([created, ...rest]);
  await send([created, ...rest]);
  await expect(send(groups.puts('h'))).rejects.toMatchObject({ name: 'IdempotentParameterMismatchException' });
  expect((await readAll(context)).items).toHaveLength(groups.size);
});
