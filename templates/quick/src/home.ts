import type { App } from '@keelson/runtime';
import Type from 'typebox';
import { homePage } from './home-page.ts';

const schema = {
  summary: 'The start page: a link to the sign-in, or who is signed in',
  response: { 200: { content: { 'text/html': { schema: Type.String() } } } },
};

export function home(app: App, provider: string): void {
  app.get('/', { auth: 'public', schema }, async (request, reply) => {
    const person = await request.person();
    return reply.type('text/html; charset=utf-8').send(homePage(person, provider));
  });
}
