import type { LocalContext } from '../part.ts';
import { takeOverOrphan } from './orphan.ts';
import { isServerOf } from './processes.ts';
import { type Cluster, type Started, startServer } from './server.ts';
import { stopServer } from './stop-server.ts';

const restarts = 5;

/**
 * Starts the server again, at the same port, when it ends by itself (somebody killed it): the services see what they see
 * when a database in AWS fails over. Also ends it with this process, if that ends before `stop` has.
 */
export function keepRunning(context: LocalContext, cluster: Cluster, first: Started): { stop(): Promise<void> } {
  let { pid } = first;
  let stopping = false;
  let restarting = Promise.resolve();
  let left = restarts;

  const restart = async () => {
    const { port } = first;
    context.log(`PostgreSQL ended unexpectedly; starting it again at port ${port}`);
    const started = (await takeOverOrphan(cluster)) ?? (await startServer(cluster, port));
    await started.client.end();
    pid = started.pid;
    watch(started);
    if (started.port !== port) context.log(`PostgreSQL could not have port ${port} again: restart \`npx keelson dev\``);
  };

  const watch = (started: Started) =>
    started.onExit(() => {
      if (stopping) return;
      if (left-- === 0)
        return context.log('PostgreSQL ended again and is left so: see server.log in .keelson/postgres');
      restarting = restart().catch((error: unknown) => context.log((error as Error).message));
    });

  // In the middle of `stop` it has been asked already, and not been quick enough for the user.
  const end = () => {
    if (isServerOf(pid, cluster.dataDir)) process.kill(pid, stopping ? 'SIGQUIT' : 'SIGINT');
  };

  watch(first);
  process.once('exit', end);
  return {
    stop: async () => {
      stopping = true;
      await restarting;
      await stopServer(cluster, pid);
      process.off('exit', end);
    },
  };
}
