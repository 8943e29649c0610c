import { html, page } from './html.ts';

export interface LoginFailure {
  readonly title: string;
  /** Safe text of the error. */
  readonly message: string;
  /** What the provider said, as it came. */
  readonly reason?: string | undefined;
  readonly requestId: string;
  /** Address that starts again. */
  readonly again: string;
}

export function loginFailedPage({ title, message, reason, requestId, again }: LoginFailure): string {
  const said = reason ? html`<p>The provider says: ${reason}</p>` : html``;
  return page(
    title,
    html`<p>${message}</p>${said}<p><a class="action" href="${again}">Sign in again</a></p><small>Request ${requestId}</small>`,
  );
}
