import { html } from '../../html.ts';
import type { ConsolePage } from './page.ts';

/** What stands at an address of the console that has no page. */
export const notFound: ConsolePage = {
  path: '',
  title: 'Not found',
  render: () => html`<h2>There is no such page</h2>
<p class="lead">It may be one of an app that was here before. <a href="/">Back to the overview</a></p>`,
};
