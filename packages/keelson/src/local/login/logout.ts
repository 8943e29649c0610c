import type { IncomingMessage, ServerResponse } from 'node:http';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { errorPage } from './pages/index.ts';
import { cookieNames, isPageOf, type ProviderOptions } from './provider.ts';
import { redirect, sendPage } from './reply.ts';
import type { Vendor } from './vendors/index.ts';

type Logout = NonNullable<Vendor['logout']>;

/** The logout address of the vendor's own making: ends the session at the provider, then goes back to the app. */
export async function vendorLogout(
  provider: Provider,
  options: ProviderOptions,
  logout: Logout,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const query = new URL(request.url ?? '/', options.origin).searchParams;
  const problem = await findProblem(provider, options, logout, query);
  if (problem) return sendPage(response, 400, errorPage(options.vendor.title, 'invalid_request', problem));
  await endSession(provider, options, request, response);
  redirect(response, query.get(logout.returnParameter) ?? options.appOrigin);
}

async function findProblem(provider: Provider, { appOrigin }: ProviderOptions, logout: Logout, query: URLSearchParams) {
  const { returnParameter, required } = logout;
  const clientId = query.get('client_id');
  if (clientId === null ? required : !(await provider.Client.find(clientId)))
    return 'client_id is not the one of this app.';
  const address = query.get(returnParameter);
  if (address === null) return required && `${returnParameter} is missing.`;
  return (
    !isPageOf(appOrigin, address) && `${returnParameter} must be a page of ${appOrigin}; this one is not on the list.`
  );
}

async function endSession(
  provider: Provider,
  options: ProviderOptions,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const context = provider.createContext(request, response) as KoaContextWithOIDC;
  const session = await provider.Session.get(context);
  const { accountId } = session;
  if (accountId) await Promise.all(Object.entries(session.authorizations ?? {}).map(tellClient));
  await session.destroy();
  context.cookies.set(cookieNames(options.origin).session, null, { httpOnly: true, sameSite: 'lax' });

  async function tellClient([clientId, { sid }]: [string, { sid?: string | undefined }]): Promise<void> {
    const client = await provider.Client.find(clientId);
    // An app that does not take back-channel logouts answers 404; its own session has been ended by itself.
    if (client?.backchannelLogoutUri && sid) await notify(client, accountId as string, sid).catch(() => {});
  }
}

/** The library's own method; its types leave it out. */
function notify(client: object, sub: string, sid: string): Promise<void> {
  return (client as { backchannelLogout(sub: string, sid: string): Promise<void> }).backchannelLogout(sub, sid);
}
