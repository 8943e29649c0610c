import { secretsOf } from '@keelson/infra';
import { helpText, readArguments, type Usage } from '../../arguments.ts';
import { loadApp } from '../../config/load.ts';
import type { Io } from '../../io.ts';
import { style } from '../../style.ts';
import { environmentFlag, environmentOf } from './environment-flag.ts';

const usage: Usage = {
  name: 'secret list',
  summary: 'Names the secrets of an environment and whether each is set. Shows no value.',
  flags: { env: environmentFlag },
};

export async function run(args: readonly string[], io: Io): Promise<number> {
  const parsed = readArguments(usage, args);
  if (parsed.help) {
    io.stdout.write(helpText(usage));
    return 0;
  }
  const { app } = await loadApp(io.cwd);
  const environment = environmentOf(parsed, app);
  const secrets = secretsOf(app, environment);
  if (secrets.length === 0) {
    io.stdout.write('The app has no secrets.\n');
    return 0;
  }
  const { secretStore } = await import('../../operations/secrets/store.ts');
  const store = secretStore(app);
  const states = await Promise.all(secrets.map((secret) => store.state(secret)));
  const { dim, yellow } = style(io.stdout, io.env);
  const width = Math.max(...secrets.map(({ name }) => name.length));
  secrets.forEach(({ name, description, generated }, index) => {
    const state = (states[index] ?? '').padEnd(13);
    const origin = generated ? ' (generated in AWS)' : '';
    io.stdout.write(
      `${name.padEnd(width)}  ${states[index] === 'set' ? state : yellow(state)}  ${dim(description + origin)}\n`,
    );
  });
  const open = secrets.find(({ generated, existing }, index) => !generated && !existing && states[index] === 'UNSET');
  if (open) io.stdout.write(`\nSet it: npx keelson secret set ${open.name} --env ${environment}\n`);
  return 0;
}
