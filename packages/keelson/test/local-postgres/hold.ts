import { freshPostgres, startPostgres } from '../../src/local/postgres/index.ts';

// Starts the database of the app in the folder that is its argument, says so, and stays until it is killed.
const [root = '', mode] = process.argv.slice(2);
const context = {
  root,
  stateDir: `${root}/.keelson`,
  app: { name: 'notes', region: 'eu-central-1', services: {} },
  env: { PATH: process.env['PATH'] },
  publicUrl: 'http://localhost:8000',
  log: (line: string) => console.error(line),
};

async function main(): Promise<void> {
  if (mode === 'fresh') await freshPostgres(context, 'db');
  console.log('starting');
  const part = await startPostgres(context, 'db', { kind: 'postgres' });
  console.log(JSON.stringify(part.env));
  setInterval(() => {}, 60_000);
}

main().catch((error: Error & { hint?: string }) => {
  console.error(error.message, error.hint);
  process.exitCode = 1;
});
