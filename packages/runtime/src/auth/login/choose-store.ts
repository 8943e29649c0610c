import type { FastifyInstance } from 'fastify';
import type { Boot } from '../../config/boot.ts';
import { dynamoDbSessions } from '../session/dynamodb-store.ts';
import { postgresSessions, type Queryable } from '../session/postgres-store.ts';
import type { SessionStore } from '../session/store.ts';
import type { LoginSettings } from './settings.ts';

/** The store that was given, or the table of the contract; without either a logout could not hold, and the boot fails. */
export function chooseStore(
  app: FastifyInstance,
  boot: Boot,
  given: SessionStore | Queryable | undefined,
  settings: LoginSettings,
): SessionStore {
  if (given) return 'query' in given ? postgresSessions(given) : given;
  const { sessionTable } = settings;
  if (sessionTable === undefined) {
    const hint = 'Give the login plugin a store, `app.register(login, { store: … })`, or set SESSION_TABLE.';
    boot.problem({
      path: 'SESSION_TABLE',
      message: 'is missing, and the login has no other store for ended sessions.',
      hint,
    });
  }
  const store = dynamoDbSessions(sessionTable ?? '', boot.env);
  if (sessionTable !== undefined) app.addHook('onReady', () => store.open());
  app.addHook('onClose', () => store.close());
  return store;
}
