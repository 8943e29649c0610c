import { ConfError } from './conf/words.ts';
import type { HostedSite } from './hosted-site.ts';
import { runNginx } from './machine/run-nginx.ts';
import { serveSite } from './site/serve-site.ts';

/**
 * Serves one folder of files, in a process of its own: with the nginx of this machine, or with a server of our own. It ends
 * with `keelson dev`, however that ends, and takes nginx with it.
 */
const site = JSON.parse(process.argv[2] ?? '{}') as HostedSite;
const log = (line: string) => void process.stdout.write(`${line}\n`);
const complain = (line: string) => void process.stderr.write(`${line}\n`);

const stopping = new AbortController();
const stop = () => stopping.abort();
// Signals to the group reach nginx too; the channel says that the process that started us is gone.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop);
process.on('disconnect', stop);

const ready = (port: number) => {
  if (process.connected) process.send?.({ type: 'keelson:ready', port });
};

try {
  const serve = site.nginx ? runNginx : serveSite;
  process.exitCode = await serve(site, { ready, log, complain, signal: stopping.signal });
} catch (error) {
  complain(error instanceof ConfError ? `${site.conf}:${error.line}: ${error.message}` : String(error));
  process.exitCode = 1;
}
process.exit();
