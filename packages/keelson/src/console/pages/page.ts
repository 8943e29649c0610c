import type { LocalApp } from '../../local/app.ts';
import type { Html } from '../../html.ts';

/** One page of the console. A resource kind may bring its own: an inbox, its tables. */
export interface ConsolePage {
  readonly path: string;
  readonly title: string;
  render(app: LocalApp): Html;
}
