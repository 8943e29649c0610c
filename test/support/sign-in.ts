import type { CookieJar } from './cookie-jar.ts';
import { type Page, Surfer } from './surfer.ts';

/** Somebody who has signed in with the local provider, and the start page they see. */
export async function signIn(url: string, name: string, jar?: CookieJar): Promise<{ person: Surfer; page: Page }> {
  const person = new Surfer(jar);
  const page = await person.submit(await person.open(`${url}/login`), name);
  if (page.url !== `${url}/` || page.status !== 200)
    throw new Error(`signing in ended at ${page.url}: ${page.status}\n${page.body}`);
  return { person, page };
}

/** Name of the app's session cookie; the jar holds the provider's too, because cookies of localhost cross ports. */
export const sessionCookie = (url: string): string => `session-${new URL(url).port}`;

/** Chooses a person at the provider, unless it knows one already, and stops before the app's callback; answers its address. */
export async function callbackOf(
  url: string,
  person: Surfer,
  name = 'Ada Lovelace',
  start = '/login',
): Promise<string> {
  const before = (address: string) => !address.startsWith(`${url}/auth/callback`);
  const people = await person.open(`${url}${start}`, {}, before);
  const chosen = people.status === 200 ? await person.submit(people, name, {}, before) : people;
  return new URL(chosen.headers.location ?? '', chosen.url).href;
}

export const greeting = (url: string, person: Surfer) =>
  person.send(`${url}/`, { headers: { accept: 'application/json' } });
