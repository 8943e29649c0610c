import { html, page } from './html.ts';

export interface LoginFailure {
  readonly title: string;
  /** Safe text of the error. */
  readonly message: string;
  /** What the provider said, as it came. */
  readonly reason?: string | undefined;
  /** Domain whose accounts alone may sign in, when that was the reason. */
  readonly hostedDomain?: string | undefined;
  readonly requestId: string;
  /** Address that starts again. */
  readonly again: string;
}

export function loginFailedPage(failure: LoginFailure): string {
  const { title, message, reason, hostedDomain, requestId, again } = failure;
  const said = reason ? html`<p>The provider says: ${reason}</p>` : html``;
  const advice = hostedDomain
    ? html`<p>Sign in again and choose an account of <b>${hostedDomain}</b>; if it is not offered, choose “Use another account”. If you have none, ask the people who run this service.</p>`
    : html``;
  return page(
    title,
    html`<p>${message}</p>${said}${advice}<p><a class="action" href="${again}">Sign in again</a></p><small>Request ${requestId}</small>`,
  );
}
