import type { App } from '@keelson/runtime';
import Type from 'typebox';
import type { Db } from './database.ts';
import { homePage } from './home-page.ts';
import { listNotes } from './notes-table.ts';
import { personOf } from './person.ts';

const notesOnPage = 50;

const Greeting = Type.Object({
  message: Type.String(),
  name: Type.String(),
  email: Type.Optional(Type.String()),
});

const greet = {
  summary: 'Greets you: a page for a browser, JSON for a program',
  response: {
    200: { content: { 'application/json': { schema: Greeting }, 'text/html': { schema: Type.String() } } },
  },
};

export function home(app: App, db: Db): void {
  app.get('/', { schema: greet }, async (request, reply) => {
    const person = personOf(request);
    const name = person.name ?? person.email ?? 'stranger';
    reply.header('vary', 'Accept');
    if (!wantsHtml(request.headers.accept)) return { message: `Hello, ${name}`, name, ...emailOf(person) };

    const notes = await listNotes(db, person, { limit: notesOnPage });
    return reply.type('text/html; charset=utf-8').send(homePage({ name, email: person.email, notes }));
  });
}

function wantsHtml(accept = ''): boolean {
  return accept.includes('text/html');
}

function emailOf({ email }: { email?: string }): { email?: string } {
  return email === undefined ? {} : { email };
}
