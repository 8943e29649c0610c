import type { NoteRow } from './database.ts';
import { type Html, html } from './html.ts';

export interface HomePage {
  readonly name: string;
  readonly email: string | undefined;
  readonly notes: readonly NoteRow[];
}

/** The start page of a signed-in person. It works without JavaScript. */
export function homePage({ name, email, notes }: HomePage): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Notes of ${name}</title>
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<a class="skip" href="#notes">Skip to your notes</a>
<header>
  <span class="avatar" aria-hidden="true">${initial(name)}</span>
  <div class="who">
    <h1>Hello, ${name}</h1>
    ${email === undefined ? undefined : html`<p class="email">${email}</p>`}
  </div>
  <form method="post" action="/logout"><button class="plain">Sign out</button></form>
</header>
<main>
  <section aria-labelledby="new-note">
    <h2 id="new-note">A new note</h2>
    <form method="post" action="/notes">
      <label for="text">Text</label>
      <textarea id="text" name="text" required maxlength="1000" aria-describedby="text-hint"></textarea>
      <div class="row">
        <p class="hint" id="text-hint">Up to 1000 characters. Only you can read it.</p>
        <button>Save note</button>
      </div>
    </form>
  </section>
  <section id="notes" aria-labelledby="your-notes">
    <h2 id="your-notes">Your notes</h2>
    ${noteList(notes)}
  </section>
</main>
<footer>You are signed in. Notes are stored in PostgreSQL, for you alone.</footer>
</body>
</html>
`;
  return page.text;
}

function noteList(notes: readonly NoteRow[]): Html {
  if (notes.length === 0) return html`<p class="empty">Nothing here yet. Write the first one above.</p>`;
  return html`<ul class="notes">${notes.map(noteItem)}</ul>`;
}

function noteItem({ text, created_at }: NoteRow): Html {
  const written = created_at.toISOString();
  return html`
      <li><p>${text}</p><time datetime="${written}">${written.slice(0, 16).replace('T', ' ')} UTC</time></li>`;
}

function initial(name: string): string {
  return (Array.from(name.trim())[0] ?? '?').toUpperCase();
}
