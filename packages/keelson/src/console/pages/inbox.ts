import { html } from '../../html.ts';
import { inboxesOf } from '../inboxes.ts';
import { answerInbox } from './inbox/answer.ts';
import { mailList } from './inbox/list.ts';
import type { ConsolePage } from './page.ts';

/** What the services have mailed. Mails are read, never rendered in the console's own page. */
export const inbox: ConsolePage = {
  path: '/inbox',
  title: 'Inbox',
  shown: (app) => inboxesOf(app).length > 0,
  render: (app) => html`<div data-inbox>${inboxesOf(app).map(mailList)}</div>`,
  below: answerInbox,
};
