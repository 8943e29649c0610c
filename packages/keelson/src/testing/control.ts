import type { ChildProcess } from 'node:child_process';
import type { FromHost, ServiceAction, ToHost } from './messages.ts';

/** Stops and starts one service of a running app. */
export interface ServiceControl {
  /**
   * Ends its processes at once (SIGKILL), as a crash does. Resolves when its address answers 503; it is not started again
   * by itself.
   */
  kill(): Promise<void>;
  /** Lets it finish its requests, then ends it. Its address answers 503 from the beginning. */
  stop(): Promise<void>;
  /**
   * Starts it (again); its address stays, its entry in `serviceUrls` is a new one. Resolves when it serves.
   * @throws Error with what it said when it crashes instead
   */
  start(): Promise<void>;
}

/** Asks the process that runs the app; gives what it answers. */
export function createControls(child: ChildProcess, learn: (serviceUrls: Readonly<Record<string, string>>) => void) {
  const waiting = new Map<number, (problem?: string) => void>();
  let lastId = 0;
  child.on('message', (message: FromHost) => {
    if (message.type !== 'controlled') return;
    learn(message.serviceUrls);
    waiting.get(message.id)?.(message.problem);
    waiting.delete(message.id);
  });
  child.once('exit', () => {
    for (const answer of waiting.values()) answer('The app has ended.');
    waiting.clear();
  });
  const ask = (service: string, action: ServiceAction) =>
    new Promise<void>((resolve, reject) => {
      const id = ++lastId;
      const answer = (problem?: string) => (problem === undefined ? resolve() : reject(new Error(problem)));
      waiting.set(id, answer);
      const message: ToHost = { type: 'control', id, service, action };
      if (!child.connected) return answer('The app has ended.');
      child.send(message, (error) => error && answer(error.message));
    });
  return (service: string): ServiceControl => ({
    kill: () => ask(service, 'kill'),
    stop: () => ask(service, 'stop'),
    start: () => ask(service, 'start'),
  });
}
