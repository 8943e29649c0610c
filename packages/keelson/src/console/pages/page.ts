import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LocalApp } from '../../local/app.ts';
import type { Html } from '../../html.ts';

/** One page of the console. A resource kind may bring its own: an inbox, its tables. */
export interface ConsolePage {
  readonly path: string;
  readonly title: string;
  /** Whether this app has it. @default it does */
  readonly shown?: (app: LocalApp) => boolean;
  render(app: LocalApp): Html;
  /** Answers a request to an address below `path`. Posts come from pages of this console only. */
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
