import type { FastifyReply, FastifyRequest } from 'fastify';
import { compactDecrypt } from 'jose';
import type { Pool } from 'pg';

interface Session {
  iss: string;
  sub: string;
  sid: string;
  name: string;
  email: string;
  /** Signed in at, last renewed at: ms since the epoch. */
  iat: number;
  at: number;
}

declare module 'fastify' {
  interface FastifyRequest {
    session: Session | null;
  }
}

const idleMs = 8 * 3600_000;
const absoluteMs = 24 * 3600_000;
const revocationFreshMs = 25_000;
const decoder = new TextDecoder();

/** An `onRequest` hook that lets signed-in people pass and answers 401 to everyone else. */
export function requireSession(pool: Pool, key: Uint8Array) {
  const checked = new Map<string, number>();

  async function isRevoked(session: Session): Promise<boolean> {
    const id = `${session.iss}|${session.sid}`;
    const at = checked.get(id);
    if (at !== undefined && Date.now() - at < revocationFreshMs) return false;
    const { rowCount } = await pool.query('select 1 from keelson_sessions where key = $1', [id]);
    if (rowCount) return true;
    if (checked.size > 10_000) checked.clear();
    checked.set(id, Date.now());
    return false;
  }

  return async function sessionHook(request: FastifyRequest, reply: FastifyReply) {
    const session = await readSession(request, key);
    if (!session || isOver(session) || (await isRevoked(session))) {
      return reply.code(401).send({ error: 'unauthenticated' });
    }
    request.session = session;
    reply.header('cache-control', 'no-store');
  };
}

async function readSession(request: FastifyRequest, key: Uint8Array): Promise<Session | null> {
  const jwe = /(?:^|;\s*)session=([^;\s]+)/.exec(request.headers.cookie ?? '')?.[1];
  if (!jwe) return null;
  try {
    const { plaintext } = await compactDecrypt(jwe, key, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return JSON.parse(decoder.decode(plaintext)) as Session;
  } catch {
    return null;
  }
}

function isOver({ iat, at }: Session): boolean {
  const now = Date.now();
  return now - iat > absoluteMs || now - at > idleMs;
}
