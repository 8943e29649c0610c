import { EventEmitter } from 'node:events';
import { type LogEntry, readLogLine } from './log-line.ts';

const capacity = 2000;

/** The last lines of every service, and a feed of new ones. */
export class LogBook {
  readonly #entries: LogEntry[] = [];
  readonly #feed = new EventEmitter<{ entry: [LogEntry] }>().setMaxListeners(0);
  #nextId = 1;

  add(service: string, line: string, stream: 'stdout' | 'stderr' = 'stdout'): void {
    this.#keep({ id: this.#nextId++, service, ...readLogLine(line, stream) });
  }

  #keep(entry: LogEntry): void {
    this.#entries.push(entry);
    if (this.#entries.length > capacity) this.#entries.shift();
    this.#feed.emit('entry', entry);
  }

  /** A warning about the service that it did not write itself. */
  note(service: string, text: string): void {
    this.#keep({ id: this.#nextId++, service, time: Date.now(), level: 'warn', text });
  }

  /** Lines after the one with this id, oldest first. */
  since(id: number): readonly LogEntry[] {
    return this.#entries.filter((entry) => entry.id > id);
  }

  /** @returns how to stop following */
  follow(listener: (entry: LogEntry) => void): () => void {
    this.#feed.on('entry', listener);
    return () => void this.#feed.off('entry', listener);
  }
}
