import { main } from './cli.ts';
import type { Io } from './io.ts';

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const io: Io = {
  cwd: process.cwd(),
  env: process.env,
  get stdin() {
    return process.stdin;
  },
  stdout: process.stdout,
  stderr: process.stderr,
  onStop: (listener) => {
    for (const signal of stopSignals) process.on(signal, listener);
    return () => {
      for (const signal of stopSignals) process.off(signal, listener);
    };
  },
};

// A reader that went away (`keelson dev | head`) is no reason to crash with a stack.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

const code = await main(process.argv.slice(2), io);
// Pipes are asynchronous on some systems: what was printed last must arrive.
process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
