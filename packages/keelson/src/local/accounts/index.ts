import type { Resource } from '@keelson/contract';
import type { LocalContext, LocalPart } from '../part.ts';
import { keptKeys } from './keys.ts';

type AccountsResource = Extract<Resource, { kind: 'accounts' }>;

/** What the user may set instead of what keelson.config.ts says. */
const settings = ['ACCOUNT_REGISTRATION', 'ACCOUNT_DOMAINS', 'ACCOUNT_OPEN_TO_ANYONE', 'ADMIN_EMAIL'];

/** Nothing runs for accounts: the service keeps them itself. It needs keys, which are made once and kept, and who may register. */
export async function startAccounts(
  { env, stateDir }: LocalContext,
  name: string,
  resource: AccountsResource,
): Promise<LocalPart> {
  const given = Object.fromEntries(settings.flatMap((each) => (env[each] ? [[each, env[each]]] : [])));
  const keys = env['ACCOUNT_KEYS'] || keptKeys(stateDir, name);
  const registration = given['ACCOUNT_REGISTRATION'] ?? resource.registration ?? 'first';
  return {
    title: `Accounts: ${registers(registration)}`,
    address: `registration: ${registration}`,
    env: { ACCOUNT_KEYS: keys, ...settingsOf(resource), ...given },
    stop: async () => {},
  };
}

function settingsOf({ registration = 'first', domains = [], anyoneMayRegister }: AccountsResource) {
  return {
    ACCOUNT_REGISTRATION: registration,
    ...(domains.length > 0 ? { ACCOUNT_DOMAINS: domains.join(',') } : {}),
    ...(anyoneMayRegister ? { ACCOUNT_OPEN_TO_ANYONE: '1' } : {}),
  };
}

function registers(registration: string): string {
  if (registration === 'open') return 'anyone may register';
  if (registration === 'domain') return 'addresses of the listed domains may register';
  return 'the first to register invites the others';
}
