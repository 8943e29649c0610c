import { spawnSync } from 'node:child_process';
import { constants, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface AccessLog {
  /** What nginx writes to. */
  readonly path: string;
  close(): void;
}

/**
 * A pipe with a name. nginx opens its access log by name, and `/dev/stdout` is a socket here, which cannot be opened.
 * Without `mkfifo` nothing is logged.
 */
export function openAccessLog(run: string, line: (text: string) => void): AccessLog {
  const path = join(run, 'access.log');
  const { status } = spawnSync('mkfifo', ['-m', '600', path]);
  if (status !== 0) return { path: '/dev/null', close: () => {} };
  // Also for writing: it neither waits for nginx nor ends with it.
  const socket = new Socket({ fd: openSync(path, constants.O_RDWR | constants.O_NONBLOCK), writable: false });
  socket.on('error', () => {});
  createInterface({ input: socket }).on('line', line);
  return { path, close: () => socket.destroy() };
}
