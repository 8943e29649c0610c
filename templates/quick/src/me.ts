import type { App } from '@keelson/runtime';
import Type from 'typebox';

const Me = Type.Object({
  email: Type.Union([Type.String(), Type.Null()], { description: 'null where the provider tells none' }),
  provider: Type.String({ description: 'Who signed the person in: `google`' }),
});

const schema = {
  summary: 'Who is signed in',
  response: { 200: Me },
};

/** `api` has a browser that opens the address answered as a program is: 401, never a redirect to the sign-in. */
export function me(app: App, provider: string): void {
  app.get('/api/me', { auth: 'user', config: { api: true }, schema }, async ({ identity }) => {
    if (identity?.kind !== 'person') throw new Error('a route about people was opened to others');
    return { email: identity.email ?? null, provider };
  });
}
