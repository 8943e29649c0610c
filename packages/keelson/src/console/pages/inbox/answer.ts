import type { LocalApp } from '../../../local/app.ts';
import { inboxesOf, type NamedInbox } from '../../inboxes.ts';
import { refuse } from '../../own-page.ts';
import type { BelowRequest } from '../page.ts';
import { sendFrame } from './frame.ts';
import { firstView, messagePage, type ShownMail, type View, views } from './message.ts';

const ofMail = /^\/([^/]+)\/([0-9a-z]+-[0-9a-f]+)(?:\/([a-z.]+))?$/;
const ofInbox = /^\/([^/]+)\/delete$/;

/** `/inbox/<resource>/<mail>/<view>`, and the posts that delete. */
export async function answerInbox(below: BelowRequest): Promise<void> {
  const { app, path, request, response } = below;
  if (request.method === 'POST') return deleteMail(below);
  const [, name, id = '', asked] = ofMail.exec(path) ?? [];
  const shown = await find(app, name, id);
  if (!shown) return refuse(response, 404, 'This mail is not here any more.');
  if (asked === 'frame') return sendFrame(shown.mail.html, response);
  if (asked === 'message.eml') return sendSource(shown, below);
  const view = asked === undefined ? firstView(shown.mail) : views.find((each) => each === asked);
  if (!view) return refuse(response, 404, 'There is nothing here.');
  show(shown, view, below);
}

async function deleteMail({ app, path, response }: BelowRequest): Promise<void> {
  const [, all] = ofInbox.exec(path) ?? [];
  const [, name, id = '', action] = ofMail.exec(path) ?? [];
  const inbox = named(app, all ?? name)?.inbox;
  if (!inbox || (all === undefined && action !== 'delete')) return refuse(response, 404, 'There is nothing here.');
  if (all !== undefined) await inbox.clear();
  else await inbox.delete(id);
  response.writeHead(303, { location: '/inbox' });
  response.end();
}

async function find(app: LocalApp, name: string | undefined, id: string): Promise<ShownMail | undefined> {
  const inbox = named(app, name)?.inbox;
  const summary = inbox?.find(id);
  const [raw, mail] = await Promise.all([inbox?.source(id), inbox?.read(id)]);
  return summary && raw && mail && { path: `/inbox/${name}/${id}`, summary, raw, mail };
}

function named(app: LocalApp, name: string | undefined): NamedInbox | undefined {
  return inboxesOf(app).find((each) => each.name === name);
}

function show(shown: ShownMail, view: View, { response, page }: BelowRequest): void {
  const policy = String(response.getHeader('content-security-policy'));
  response.setHeader('content-security-policy', `${policy}; frame-src 'self'`);
  page(messagePage(shown, view));
}

function sendSource({ raw, summary }: ShownMail, { response }: BelowRequest): void {
  response.setHeader('content-type', 'message/rfc822');
  response.setHeader('content-disposition', `attachment; filename="${summary.id}.eml"`);
  response.end(raw);
}
