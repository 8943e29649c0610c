import { type Html, html } from '../html.ts';
import { field, newPassword } from './fields.ts';
import { layout, needsScript } from './layout.ts';

const message = html`<p class="message" role="status"></p>`;
const email = (prefix: string, autocomplete = 'email') =>
  field({ id: `${prefix}-email`, label: 'Email', type: 'email', autocomplete });

const signedOut = (inbox?: Html) => html`<main id="signed-out">
  <div class="columns">
  <div>
  <section aria-labelledby="sign-in-title">
    <h2 id="sign-in-title">Sign in</h2>
    <form id="sign-in" method="post" action="/auth/login">
      ${email('sign-in', 'username')}
      ${field({ id: 'sign-in-password', label: 'Password', type: 'password', autocomplete: 'current-password' })}
      ${message}
      <div class="row"><button>Sign in</button></div>
    </form>
  </section>
  <details>
    <summary>Forgot your password?</summary>
    <form id="forgot" method="post" action="/auth/forgot">
      ${email('forgot')}
      ${message}
      <div class="row"><button>Mail me a link</button></div>
    </form>
  </details>
  <details>
    <summary>No mail to confirm your address?</summary>
    <form id="resend" method="post" action="/auth/resend">
      ${email('resend')}
      ${message}
      <div class="row"><button>Mail it again</button></div>
    </form>
  </details>
  </div>
  <section aria-labelledby="register-title">
    <h2 id="register-title">Register</h2>
    <form id="register" method="post" action="/auth/register">
      ${email('register')}
      ${field({ id: 'register-name', label: 'Name', autocomplete: 'name', hint: 'Other administrators see it.' })}
      ${newPassword('register')}
      ${message}
      <div class="row"><button>Register</button></div>
    </form>
  </section>
  </div>${inbox}
</main>`;

const signedIn = html`<main id="signed-in" hidden>
  <section aria-labelledby="users-title">
    <h2 id="users-title" tabindex="-1">Users</h2>
    <form id="create" class="line" method="post" action="/user">
      <div>${field({ id: 'create-email', label: 'Email of a new user', type: 'email', autocomplete: 'off' })}</div>
      <button>Create</button>
      ${message}
    </form>
    <form id="search" class="line" role="search">
      <div>
      <label for="search-text">Search</label>
      <input id="search-text" name="search" type="search" autocomplete="off" maxlength="254">
      </div>
      <button class="plain">Search</button>
    </form>
    <p id="list-message" class="message" role="status"></p>
    <table id="users" aria-labelledby="users-title">
      <thead><tr><th scope="col">Email</th><th scope="col">State</th><th scope="col"><span class="away">Change</span></th></tr></thead>
      <tbody></tbody>
    </table>
    <p id="empty" class="empty" hidden>No users found.</p>
    <div class="row"><button id="more" class="plain" type="button" hidden>Show more</button></div>
  </section>
  <section aria-labelledby="admins-title">
    <h2 id="admins-title" tabindex="-1">Administrators</h2>
    <form id="invite" class="line" method="post" action="/auth/invite">
      <div>${field({ id: 'invite-email', label: 'Email of a new administrator', type: 'email', autocomplete: 'off' })}</div>
      <button>Invite</button>
      ${message}
    </form>
    <p id="admins-message" class="message" role="status"></p>
    <table id="admins" aria-labelledby="admins-title">
      <thead><tr><th scope="col">Email and name</th><th scope="col">State</th><th scope="col"><span class="away">Change</span></th></tr></thead>
      <tbody></tbody>
    </table>
    <div class="row"><button id="more-admins" class="plain" type="button" hidden>Show more</button></div>
  </section>
</main>`;

const dialogs = html`<dialog id="edit-dialog" aria-labelledby="edit-title">
  <h2 id="edit-title">Edit user</h2>
  <form id="edit" method="dialog">
    ${field({ id: 'edit-email', label: 'Email', type: 'email', autocomplete: 'off' })}
    <label class="check"><input id="edit-active" name="active" type="checkbox"> Active</label>
    ${message}
    <div class="row"><button class="plain" type="button" data-close>Cancel</button><button>Save</button></div>
  </form>
</dialog>
<dialog id="delete-dialog" aria-labelledby="delete-title">
  <h2 id="delete-title">Delete user</h2>
  <form id="delete" method="dialog">
    <p>Delete <strong id="delete-email"></strong>? This cannot be undone.</p>
    ${message}
    <div class="row"><button class="plain" type="button" data-close>Cancel</button><button class="danger">Delete</button></div>
  </form>
</dialog>
<dialog id="remove-dialog" aria-labelledby="remove-title">
  <h2 id="remove-title">Remove administrator</h2>
  <form id="remove" method="dialog">
    <p>Remove <strong id="remove-email"></strong>? The account is deleted, and its sessions end.</p>
    ${message}
    <div class="row"><button class="plain" type="button" data-close>Cancel</button><button class="danger">Remove</button></div>
  </form>
</dialog>
<template id="admin-row"><tr><td class="email"><span class="name"></span></td><td><span class="state"></span></td><td class="actions"><button class="plain small" type="button" data-action="toggle"></button> <button class="plain small" type="button" data-action="remove">Remove</button></td></tr></template>
<template id="row"><tr><td class="email"></td><td><span class="state"></span></td><td class="actions"><button class="plain small" type="button" data-action="edit">Edit</button> <button class="plain small" type="button" data-action="delete">Delete</button></td></tr></template>`;

const localInbox = html`
  <p class="hint">On this machine mail goes to the inbox of Keelson’s console: localhost:9000/inbox, or the port that the start output shows.</p>`;

/**
 * One page for everything an administrator does. It holds no data; `/admin.js` asks the API for it.
 * @param local whether it runs under `keelson dev`, which keeps every mail in an inbox
 */
export function adminPage({ local }: { readonly local: boolean }): string {
  const body = html`<header>
  <h1>Administration</h1>
  <p id="who" class="who"></p>
  <button id="sign-out" class="plain" type="button" hidden>Sign out</button>
</header>
${needsScript}
${signedOut(local ? localInbox : undefined)}
${signedIn}
${dialogs}
`;
  return layout({ title: 'Administration', body, script: '/admin.js' });
}
