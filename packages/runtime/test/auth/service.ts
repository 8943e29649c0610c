import Fastify, { type FastifyInstance } from 'fastify';
import { createBootScope, type Env } from '@keelson/runtime/config';
import { ConfigError, KeelsonError } from '@keelson/runtime/errors';
import { login, type LoginOptions } from '@keelson/runtime/login';
import { guard, memorySessions, type SessionStore } from '@keelson/runtime/session';
import { type HostileProvider, hostileClient, startHostileProvider } from './hostile-provider.ts';

export const publicUrl = 'https://app.example.com';

export interface TestService {
  readonly app: FastifyInstance;
  readonly provider: HostileProvider;
  readonly store: SessionStore;
  readonly logs: string[];
  stop(): Promise<void>;
}

export interface TestServiceOptions extends Omit<LoginOptions, 'boot'> {
  readonly env?: Env;
  readonly routes?: (app: FastifyInstance) => void;
  /** Of another process of the same service. */
  readonly provider?: HostileProvider;
}

export function loginEnv(provider: HostileProvider): Env {
  return {
    OIDC_PROVIDER: 'generic',
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: hostileClient.clientId,
    OIDC_CLIENT_SECRET: hostileClient.clientSecret,
    SESSION_KEYS: 'k'.repeat(40),
    PUBLIC_URL: publicUrl,
  };
}

/** Plain Fastify with the two plugins: what someone without `createService` has. */
export async function startService(options: TestServiceOptions = {}): Promise<TestService> {
  const { env, provider: shared, store = memorySessions(), routes, ...loginOptions } = options;
  const provider = shared ?? (await startHostileProvider());
  const logs: string[] = [];
  const boot = createBootScope({ ...loginEnv(provider), ...env });
  const app = Fastify({ logger: { level: 'trace', stream: { write: (line) => void logs.push(line) } } });
  app.setErrorHandler((error, _request, reply) => {
    const known = error instanceof KeelsonError ? error : new KeelsonError('INTERNAL', { cause: error });
    return reply.code(known.statusCode).type('application/problem+json').send({ code: known.code });
  });
  await app.register(guard);
  await app.register(login, { store, ...loginOptions, boot });
  app.get('/', async ({ identity }) => identity);
  app.get('/page', async ({ identity }) => identity);
  app.post('/page', async () => ({ written: true }));
  app.get('/public', { auth: 'public' }, async (request) => ({ person: await request.person() }));
  app.get('/admin', { auth: { role: 'admin' } }, async ({ identity }) => identity);
  routes?.(app);
  if (boot.problems.length > 0) throw new ConfigError(boot.problems);
  await app.ready();
  return {
    app,
    provider,
    store: 'consume' in store ? store : memorySessions(),
    logs,
    stop: async () => {
      await app.close();
      if (!shared) await provider.stop();
    },
  };
}
