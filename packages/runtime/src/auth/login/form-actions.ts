import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Login } from './login.ts';

/**
 * Origins that `POST /logout` redirects to. Chromium applies the policy `form-action` to redirects of a form's answer too, so a
 * page with a sign-out form must allow them.
 */
export function formActions(login: Login): string[] {
  const metadata = login.client.knownMetadata();
  const context = { clientId: 'not-sent', returnTo: 'https://back.invalid/' };
  const address = metadata && login.provider.logoutUrl({ ...context, metadata });
  return address ? [address.origin] : [];
}

/** Lets the forms of the service's own pages redirect to the provider, where a page's policy allows `'self'` only. */
export function allowLogoutForms(login: Login) {
  return (_request: FastifyRequest, reply: FastifyReply, _payload: unknown, done: () => void): void => {
    const type = reply.getHeader('content-type');
    if (typeof type === 'string' && type.startsWith('text/html')) {
      const policy = reply.getHeader('content-security-policy');
      const [origin] = formActions(login);
      if (typeof policy === 'string' && origin && !policy.includes(origin)) {
        reply.header(
          'content-security-policy',
          policy.replace(/form-action 'self'(?=\s*(;|$))/, `form-action 'self' ${origin}`),
        );
      }
    }
    done();
  };
}
