import { html } from '../../html.ts';
import { logPanel } from './log-panel.ts';
import type { ConsolePage } from './page.ts';

export const logs: ConsolePage = {
  path: '/logs',
  title: 'Logs',
  render: (app) => html`<div class="tall">${logPanel(app)}</div>`,
};
