import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LocalApp } from '../../local/app.ts';
import type { Html } from '../../html.ts';

/** One page of the console. A resource kind may bring its own: an inbox, its tables. */
export interface ConsolePage {
  readonly path: string;
  readonly title: string;
  /** Whether the app has anything to show there. @default true */
  shown?(app: LocalApp): boolean;
  /** @param query of the address, for a page that has pages itself */
  render(app: LocalApp, query: URLSearchParams): Html | Promise<Html>;
  /**
   * What a form of the page asks for, posted to an address below it. `Host` and `Origin` have been checked.
   * @param rest what comes after the page's path and a slash
   * @returns the page that answers; `undefined`: there is nothing of that name
   */
  submit?(app: LocalApp, rest: string, form: URLSearchParams): Promise<Html | undefined>;
  /** Answers a request to an address below `path` that is no form. Posts come from pages of this console only. */
  readonly below?: (request: BelowRequest) => void | Promise<void>;
}

export interface BelowRequest {
  readonly app: LocalApp;
  /** Without the page's own path: `/a/b`. */
  readonly path: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Answers with a page of the console around this. */
  page(content: Html): void;
}
