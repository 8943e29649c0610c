import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

/** Milliseconds after which a connection that nothing happened on is not trusted: a new one costs less than a dead one. */
const trustedIdle = 10_000;

/** Connections of an AWS client, kept for as long as they are likely to work. */
export interface AwsAgents {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
  /** Ends idle connections: when one is dead (a thawed Lambda, a restarted server), the others most likely are too. */
  dropIdle(): void;
  /** Called before each request: ends idle connections when the last request was long ago. */
  dropStale(): void;
  destroy(): void;
}

/** @param maxSockets connections to one host at a time */
export function awsAgents(maxSockets = 50): AwsAgents {
  const httpAgent = new HttpAgent({ keepAlive: true, maxSockets });
  const httpsAgent = new HttpsAgent({ keepAlive: true, maxSockets });
  const agents = [httpAgent, httpsAgent];
  // The time of day: a clock that stands still while the process is frozen would notice nothing.
  let usedAt = Date.now();
  const dropIdle = () => {
    for (const { freeSockets } of agents) {
      for (const socket of Object.values(freeSockets).flat()) socket?.destroy();
    }
  };
  return {
    httpAgent,
    httpsAgent,
    dropIdle,
    dropStale: () => {
      const now = Date.now();
      if (Math.abs(now - usedAt) > trustedIdle) dropIdle();
      usedAt = now;
    },
    destroy: () => {
      for (const agent of agents) agent.destroy();
    },
  };
}
