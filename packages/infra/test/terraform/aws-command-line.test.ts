import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lackingForApply, saySkipped } from '../tools.ts';
import { type CommandLine, oneProcess, processEach, startCommandLine } from './aws-command-line.ts';
import { type Emulator, startEmulator } from './emulator.ts';

const lacking = lackingForApply();
const create = (name: string) => ['secretsmanager', 'create-secret', '--name', name, '--secret-string', 'ä "quoted"\n'];
const names = ['secretsmanager', 'list-secrets', '--query', 'sort(SecretList[].Name)', '--output', 'json'];
const value = (name: string) => ['secretsmanager', 'get-secret-value', '--secret-id', name, '--query', 'SecretString'];

describe.skipIf(saySkipped('the AWS command line in one process', lacking))('the AWS command line', () => {
  let emulator: Emulator;
  let variables: Record<string, string | undefined>;
  let each: CommandLine;
  let one: CommandLine;

  beforeAll(async () => {
    emulator = await startEmulator(1);
    variables = { ...process.env, ...emulator.env, AWS_DEFAULT_REGION: 'eu-central-1' };
    each = processEach(variables);
    one = await startCommandLine(variables);
  });
  afterAll(async () => {
    await one?.stop();
    await emulator?.stop();
  });

  test('says in one process what it says in a process for each', async () => {
    await one.run(create('one'));
    await each.run(create('each'));
    const [said, expected] = [await one.run(names), await each.run(names)];
    expect(JSON.parse(said)).toEqual(['each', 'one']);
    expect(said).toBe(expected);
  });

  test('answers questions that are put at once each with its own', async () => {
    const asked = await Promise.all(
      ['one', 'each', 'one'].map((name) => one.run([...value(name), '--output', 'json'])),
    );
    expect(asked.map((said) => JSON.parse(said) as unknown)).toEqual(Array(3).fill('ä "quoted"\n'));
  });

  test.each([
    ['a refusal of AWS', value('nobody'), /ResourceNotFoundException/],
    ['an operation that does not exist', ['secretsmanager', 'list-nothing'], /list-nothing/],
    ['an argument that is missing', ['secretsmanager', 'get-secret-value'], /--secret-id/],
  ])('%s is told, and the next command runs', async (_, args, reason) => {
    await expect(one.run(args)).rejects.toThrow(reason);
    await expect(each.run(args)).rejects.toThrow(reason);
    expect(JSON.parse(await one.run(names))).toContain('one');
  });

  test('without Python there is a process for each', async () => {
    expect(await oneProcess({ ...variables, PATH: '/nowhere' })).toBeUndefined();
  });

  test('one that has ended refuses, and nobody waits', async () => {
    const ended = await oneProcess(variables);
    await ended?.stop();
    await ended?.stop();
    // Where Python has no such library there is nothing to end.
    if (ended) await expect(ended.run(names)).rejects.toThrow(/ended before it answered: aws secretsmanager/);
  });
});
