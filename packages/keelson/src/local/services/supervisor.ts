import { EventEmitter } from 'node:events';
import { type ServiceProcess, startServiceProcess } from './service-process.ts';

export type ServiceState =
  | { readonly status: 'starting' }
  | { readonly status: 'ready'; readonly port: number; readonly pid: number | undefined }
  | { readonly status: 'crashed'; readonly reason: string; readonly tail: string }
  | { readonly status: 'stopped' };

export interface Launch {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** What it started is ended when it ends, in whatever way. @default false */
  readonly withChildren?: boolean;
}

export interface SupervisorOptions {
  readonly name: string;
  /** Compiles, and gives the command line and environment of the next run. Rejects with what is wrong in the sources. */
  launch(): Promise<Launch>;
  /** A line that the service wrote. */
  line(text: string, stream: 'stdout' | 'stderr'): void;
  /** A line of ours about the service. */
  note(text: string): void;
}

/** Milliseconds that an earlier run has to finish its requests. */
const grace = 3000;

/** Keeps one service running: started, replaced when its source changes, not started again after a crash until then. */
export class Supervisor extends EventEmitter<{ state: [ServiceState] }> {
  readonly name: string;
  readonly #options: SupervisorOptions;
  readonly #running = new Set<ServiceProcess>();
  #current: ServiceProcess | undefined;
  #run = 0;
  // Requests that come before the first start are held.
  #state: ServiceState = { status: 'starting' };

  constructor(options: SupervisorOptions) {
    super();
    this.setMaxListeners(0);
    this.name = options.name;
    this.#options = options;
  }

  /** Rises by one with each start. */
  get run(): number {
    return this.#run;
  }

  get state(): ServiceState {
    return this.#state;
  }

  /** Starts the service, or replaces the run there is. Resolves once it serves or has crashed. */
  async start(): Promise<ServiceState> {
    const run = ++this.#run;
    this.#set({ status: 'starting' });
    this.#retire();
    const launch = await this.#launch(run);
    if (!launch || run !== this.#run) return this.settled();
    const child = startServiceProcess({ ...launch, line: this.#options.line });
    this.#current = child;
    this.#running.add(child);
    const ended = child.exited.then((exit) => {
      this.#running.delete(child);
      if (run === this.#run) this.#crashed(exit.code, exit.signal, exit.tail);
    });
    const ready = child.ready.then((port) => {
      if (run === this.#run) this.#set({ status: 'ready', port, pid: child.pid });
    });
    await Promise.race([ready, ended]);
    return this.settled();
  }

  /** The next state that lasts. */
  async settled(signal?: AbortSignal): Promise<Exclude<ServiceState, { status: 'starting' }>> {
    while (this.#state.status === 'starting') await this.#changed(signal);
    return this.#state;
  }

  async stop(): Promise<void> {
    this.#run++;
    this.#set({ status: 'stopped' });
    this.#current = undefined;
    await Promise.all([...this.#running].map((child) => child.stop(grace)));
  }

  /** Ends what runs at once, as if it had crashed. */
  async kill(): Promise<void> {
    await this.settled();
    const current = this.#current;
    current?.kill();
    await current?.exited;
  }

  async #launch(run: number): Promise<Launch | undefined> {
    try {
      return await this.#options.launch();
    } catch (error) {
      if (run === this.#run) this.#broken(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  #broken(text: string): void {
    for (const line of text.split('\n')) this.#options.line(line, 'stderr');
    this.#options.note(`${this.name} does not compile; it is started again on the next save`);
    this.#set({ status: 'crashed', reason: 'does not compile', tail: text });
  }

  /** The earlier run finishes what it is doing while the next one starts; one that does not serve yet has nothing to finish. */
  #retire(): void {
    const served = this.#current;
    this.#current = undefined;
    void served?.stop(grace);
  }

  #crashed(code: number | null, signal: string | null, tail: string): void {
    this.#current = undefined;
    const how = signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
    this.#options.note(`${this.name} ${how}; it is started again on the next save`);
    this.#set({ status: 'crashed', reason: how, tail });
  }

  #set(state: ServiceState): void {
    this.#state = state;
    this.emit('state', state);
  }

  #changed(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = () => {
        this.off('state', done);
        signal?.removeEventListener('abort', aborted);
        resolve();
      };
      const aborted = () => {
        this.off('state', done);
        reject(signal?.reason);
      };
      if (signal?.aborted) return reject(signal.reason);
      this.once('state', done);
      signal?.addEventListener('abort', aborted, { once: true });
    });
  }
}
