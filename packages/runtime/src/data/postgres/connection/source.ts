import type { PoolConfig } from 'pg';

/** What a new connection is opened with. Asked each time, because the values may be rotated while the service runs. */
export interface ConnectionSource {
  /** Runs before a connection is opened; loads what opening needs. Rejects when it cannot be had. */
  prepare(): Promise<void>;
  /** Host, user, password, TLS … as of now. @throws KeelsonError `SECRET_UNAVAILABLE` */
  current(): PoolConfig;
}

/** Stands in after a problem was reported: such a service never starts. */
export const unusable: ConnectionSource = {
  prepare: async () => {},
  current: () => ({}),
};
