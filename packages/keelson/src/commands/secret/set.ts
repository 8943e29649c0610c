import { parseArgs } from 'node:util';
import type { AppSecret } from '@keelson/infra';
import { helpText, readArguments, type Usage } from '../../arguments.ts';
import { loadApp } from '../../config/load.ts';
import type { Io } from '../../io.ts';
import { findSecret } from '../../operations/secrets/find.ts';
import { readValue } from '../../operations/secrets/read-value.ts';
import { UsageError, UserError } from '../../user-error.ts';
import { environmentFlag, environmentOf } from './environment-flag.ts';

const usage: Usage = {
  name: 'secret set',
  summary: 'Puts a value into AWS Secrets Manager. It is read from standard input, or asked for without being shown.',
  argument: '<name>',
  flags: { env: environmentFlag },
};

export async function run(args: readonly string[], io: Io): Promise<number> {
  refuseValue(args);
  const parsed = readArguments(usage, args);
  if (parsed.help) {
    io.stdout.write(helpText(usage));
    return 0;
  }
  if (!parsed.argument) throw new UsageError('Which secret?', 'See: npx keelson secret list --env <env>');
  const { app } = await loadApp(io.cwd);
  const environment = environmentOf(parsed, app);
  const secret = findSecret(app, environment, parsed.argument);
  if (secret.existing) throw livesElsewhere(secret, app.region);
  const value = await readValue(io, secret.name);
  const { secretStore } = await import('../../operations/secrets/store.ts');
  await secretStore(app).set(secret, value);
  io.stdout.write(
    `${secret.name} of ${environment} is set. A running service reads it within 5 minutes; one that waits for it, within 15 seconds.\n`,
  );
  return 0;
}

/** It has an owner, and perhaps other readers: changing one key of it here could break theirs. */
function livesElsewhere({ name, secretId, existing }: AppSecret, region: string): UserError {
  const place = existing?.key === undefined ? secretId : `the key ${existing.key} of ${secretId}`;
  const command = `aws secretsmanager put-secret-value --region ${region} --secret-id ${secretId} --secret-string file://<file>`;
  const hint = `Change it there: ${command}${existing?.key === undefined ? '' : ' (the whole JSON document)'}`;
  return new UserError(`${name} is ${place}, which is not Keelson's.`, hint);
}

/** An argument is seen by everyone on the machine and kept in the shell's history; the message does not repeat it. */
function refuseValue(args: readonly string[]): void {
  const options = { env: { type: 'string' } } as const;
  const { positionals } = parseArgs({ args: [...args], options, strict: false });
  if (positionals.length < 2) return;
  throw new UsageError(
    'The value is never an argument: it would stay in the history of your shell.',
    'Leave it out and you are asked for it, or pipe it: npx keelson secret set <name> --env <env> < file',
  );
}
