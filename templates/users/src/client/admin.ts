/** Of the administration page. */
export const adminScript = `
import { forgetAdmins, listAdmins } from './admins.js';
import { api, onSubmit, say, signIn, signOut, whenSessionEnds } from './api.js';

const find = (selector) => document.querySelector(selector);
const rows = find('#users tbody');
const listMessage = find('#list-message');
let search = '';
let cursor;
let listing = 0;
/** The user whom a dialog is about. */
let chosen;

onSubmit(find('#sign-in'), async (fields) => {
  await signIn(fields);
  const { name, email } = await api('GET', '/auth/me');
  show(name + ' · ' + email);
  await Promise.all([list(), listAdmins()]);
  find('#users-title').focus();
});

for (const [id, path, text] of [
  ['#register', '/auth/register', 'Check your mail.'],
  ['#forgot', '/auth/forgot', 'If that address has an account, a link is on its way.'],
  ['#resend', '/auth/resend', 'If that address waits to be confirmed, a link is on its way.'],
]) {
  onSubmit(find(id), async (fields) => {
    await api('POST', path, fields);
    return text;
  });
}

onSubmit(find('#create'), async ({ email }) => {
  const user = await api('POST', '/user', { email });
  await list();
  return user.email + ' was created.';
});

find('#search').addEventListener('submit', (event) => {
  event.preventDefault();
  search = find('#search-text').value.trim();
  void tryTo(list);
});

find('#more').addEventListener('click', () => void tryTo(more));

find('#sign-out').addEventListener('click', async () => {
  await tryTo(signOut);
  hide();
});

whenSessionEnds(() => {
  hide();
  say(find('#sign-in .message'), 'Your session is over. Sign in again.', 'wrong');
});

onSubmit(find('#edit'), async ({ email, active }) => {
  const user = await api('PUT', '/user?id=' + chosen.id, { email, active: active !== undefined });
  find('#edit-dialog').close();
  await list();
  say(listMessage, user.email + ' was saved.');
});

onSubmit(find('#delete'), async () => {
  await api('DELETE', '/user?id=' + chosen.id);
  find('#delete-dialog').close();
  await list();
  say(listMessage, chosen.email + ' was deleted.');
  find('#users-title').focus();
});

for (const button of document.querySelectorAll('[data-close]')) {
  button.addEventListener('click', () => button.closest('dialog').close());
}

async function list() {
  cursor = undefined;
  await load(() => rows.replaceChildren());
}

async function more() {
  const last = rows.lastElementChild;
  await load(() => {});
  last?.nextElementSibling?.querySelector('button')?.focus();
}

async function load(prepare) {
  const mine = ++listing;
  const query = new URLSearchParams({ limit: '20' });
  if (search) query.set('search', search);
  if (cursor) query.set('cursor', cursor);
  const page = await api('GET', '/users?' + query);
  // Another list was asked for meanwhile.
  if (mine !== listing) return;
  prepare();
  cursor = page.cursor;
  rows.append(...page.users.map(row));
  find('#users').hidden = rows.children.length === 0;
  find('#empty').hidden = rows.children.length > 0;
  find('#more').hidden = cursor === undefined;
}

function row(user) {
  const element = find('#row').content.cloneNode(true).firstElementChild;
  const state = element.querySelector('.state');
  element.querySelector('.email').textContent = user.email;
  state.textContent = user.active ? 'active' : 'inactive';
  state.classList.toggle('on', user.active);
  for (const button of element.querySelectorAll('button')) {
    button.setAttribute('aria-label', button.textContent + ' ' + user.email);
    button.addEventListener('click', () => open(button.dataset.action, user));
  }
  return element;
}

function open(action, user) {
  chosen = user;
  say(find('#' + action + ' .message'), '');
  for (const old of document.querySelectorAll('#signed-in .message')) say(old, '');
  find('#edit-email').value = user.email;
  find('#edit-active').checked = user.active;
  find('#delete-email').textContent = user.email;
  find('#' + action + '-dialog').showModal();
}

function show(who) {
  find('#who').textContent = who;
  for (const id of ['#signed-in', '#sign-out']) find(id).hidden = false;
  find('#signed-out').hidden = true;
}

function hide() {
  for (const dialog of document.querySelectorAll('dialog')) dialog.close();
  for (const form of document.querySelectorAll('form')) form.reset();
  // Whoever uses this screen next sees nobody's address.
  for (const element of document.querySelectorAll('.message, #who, #delete-email, #remove-email')) element.textContent = '';
  listing++;
  rows.replaceChildren();
  forgetAdmins();
  for (const id of ['#signed-in', '#sign-out']) find(id).hidden = true;
  find('#signed-out').hidden = false;
  find('#sign-in-email').focus();
}

async function tryTo(act) {
  say(listMessage, '');
  try {
    await act();
  } catch (error) {
    say(listMessage, error.message, 'wrong');
  }
}
`;
