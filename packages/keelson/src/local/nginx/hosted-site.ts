import type { Nginx } from './machine/find-nginx.ts';

/** What the process that serves a folder is told. */
export interface HostedSite {
  /** Absolute path of the folder with `nginx.conf` and `public/`. */
  readonly folder: string;
  /** `frontend/nginx.conf`, as people know it. */
  readonly conf: string;
  /** A folder of this run's own, made empty. */
  readonly run: string;
  /** Absent: Keelson serves the files itself. */
  readonly nginx?: Nginx;
}

export interface Hosting {
  /** Tells that it serves. */
  ready(port: number): void;
  /** A line about a request. */
  log(line: string): void;
  /** A line about what is wrong. */
  complain(line: string): void;
  /** Aborted when it is to end. */
  readonly signal: AbortSignal;
}
