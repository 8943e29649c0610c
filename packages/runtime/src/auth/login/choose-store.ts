import type { FastifyInstance } from 'fastify';
import type { Boot } from '../../config/boot.ts';
import { dynamoDbSessions } from '../session/dynamodb-store.ts';
import { postgresSessions, type Queryable } from '../session/postgres-store.ts';
import { isLoopback } from '../session/cookie-name.ts';
import { isOneOfMany, storeOfOneProcess } from '../session/memory-store.ts';
import type { SessionStore } from '../session/store.ts';
import type { LoginSettings } from './settings.ts';
import { warmUp } from './warm-up.ts';

/**
 * The store that was given, or the table of the contract; without either a logout could not hold, and the boot fails. Where an
 * image is only tried, on the address of this machine, the process itself remembers.
 */
export function chooseStore(
  app: FastifyInstance,
  boot: Boot,
  given: SessionStore | Queryable | undefined,
  settings: LoginSettings,
): SessionStore {
  if (given) return 'query' in given ? postgresSessions(given) : given;
  const { sessionTable } = settings;
  if (sessionTable === undefined && isTriedHere(boot, settings)) {
    boot.log.warn({}, forgotten);
    return storeOfOneProcess();
  }
  if (sessionTable === undefined) {
    const hint =
      'Give the login plugin a store, `app.register(login, { store: … })`, or set SESSION_TABLE. To try the service on http://localhost: KEELSON_ENVIRONMENT=local.';
    boot.problem({
      path: 'SESSION_TABLE',
      message: 'is missing, and the login has no other store for ended sessions.',
      hint,
    });
  }
  const store = dynamoDbSessions(sessionTable ?? '', boot.env);
  if (sessionTable !== undefined) {
    app.addHook('onReady', async () => store.check());
    warmUp(app, () => store.open());
  }
  app.addHook('onClose', () => store.close());
  return store;
}

const forgotten =
  'SESSION_TABLE is missing: sessions that are ended are remembered in this process alone, and are alive again after a restart';

/** Said by name, and at an address that nobody else reaches: it is never true of a deployed service. */
function isTriedHere({ env }: Boot, { publicUrl }: LoginSettings): boolean {
  const url = publicUrl.peek();
  return env['KEELSON_ENVIRONMENT'] === 'local' && !isOneOfMany(env) && url !== undefined && isLoopback(url);
}
