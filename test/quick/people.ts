import type { CookieJar } from '../support/cookie-jar.ts';
import type { Answer } from '../support/http.ts';
import { callbackOf as callbackFrom } from '../support/sign-in.ts';
import { type Page, Surfer } from '../support/surfer.ts';

const start = '/auth/login';

/** Somebody who has signed in with the stand-in for Google, and the start page they see. */
export async function signIn(url: string, name: string, jar?: CookieJar): Promise<{ person: Surfer; page: Page }> {
  const person = new Surfer(jar);
  const page = await person.submit(await person.open(`${url}${start}`), name);
  if (page.url !== `${url}/` || page.status !== 200)
    throw new Error(`signing in ended at ${page.url}: ${page.status}\n${page.body}`);
  return { person, page };
}

/** Chooses a person, and stops before the app's callback; answers its address. */
export function callbackOf(url: string, person: Surfer, name = 'Ada Lovelace', query = ''): Promise<string> {
  return callbackFrom(url, person, name, start + query);
}

/** What the app says of the one who asks, as a program. */
export function me(url: string, person: Surfer): Promise<Answer> {
  return person.send(`${url}/api/me`, { headers: { accept: 'application/json' } });
}
