/** Of the administration page: the list of administrators. */
export const adminsScript = `
import { api, onSubmit, say } from './api.js';

const find = (selector) => document.querySelector(selector);
const rows = find('#admins tbody');
const message = find('#admins-message');
let listing = 0;
/** The administrator whom the dialog is about. */
let chosen;

onSubmit(find('#invite'), async ({ email }) => {
  const invited = await api('POST', '/auth/invite', { email });
  await listAdmins();
  return 'An invitation is on its way to ' + invited.email + '.';
});

onSubmit(find('#remove'), async () => {
  await change('DELETE', chosen);
  find('#remove-dialog').close();
  await tryTo(listAdmins);
  say(message, chosen.email + ' was removed.');
  find('#admins-title').focus();
});

find('#more-admins').addEventListener('click', () => void tryTo(() => load(rows.children.length)));

export async function listAdmins() {
  await load(0);
}

export function forgetAdmins() {
  listing++;
  rows.replaceChildren();
}

async function load(offset) {
  const mine = ++listing;
  const { items, total } = await api('GET', '/auth/admins?limit=20&offset=' + offset);
  // Another list was asked for meanwhile.
  if (mine !== listing) return;
  if (offset === 0) rows.replaceChildren();
  rows.append(...items.map(row));
  find('#more-admins').hidden = rows.children.length >= total;
}

function row(admin) {
  const element = find('#admin-row').content.cloneNode(true).firstElementChild;
  const state = element.querySelector('.state');
  const toggle = element.querySelector('[data-action="toggle"]');
  element.querySelector('.email').prepend(admin.email);
  element.querySelector('.name').textContent = admin.name ?? '';
  state.textContent = stateOf(admin);
  state.classList.toggle('on', admin.active && admin.confirmed);
  toggle.textContent = admin.active ? 'Disable' : 'Enable';
  toggle.addEventListener('click', () => void tryTo(() => setActive(admin, toggle)));
  element.querySelector('[data-action="remove"]').addEventListener('click', () => askToRemove(admin));
  for (const button of element.querySelectorAll('button')) {
    button.setAttribute('aria-label', button.textContent + ' ' + admin.email);
  }
  return element;
}

function stateOf({ active, confirmed, name }) {
  if (!active) return 'disabled';
  if (confirmed) return 'active';
  return name === null ? 'invited' : 'unconfirmed';
}

async function setActive(admin, button) {
  button.disabled = true;
  try {
    const changed = await change('PUT', admin, { active: !admin.active });
    const fresh = row(changed);
    button.closest('tr').replaceWith(fresh);
    fresh.querySelector('button').focus();
    say(message, admin.email + (changed.active ? ' was enabled.' : ' was disabled.'));
  } finally {
    button.disabled = false;
  }
}

async function change(method, { id }, body) {
  try {
    return await api(method, '/auth/admins/' + id, body);
  } catch (error) {
    // The only conflict there is.
    if (error.status === 409) throw new Error('This is the last administrator. Invite another one first.');
    throw error;
  }
}

function askToRemove(admin) {
  chosen = admin;
  say(message, '');
  say(find('#remove .message'), '');
  find('#remove-email').textContent = admin.email;
  find('#remove-dialog').showModal();
}

async function tryTo(act) {
  say(message, '');
  try {
    await act();
  } catch (error) {
    say(message, error.message, 'wrong');
  }
}
`;
