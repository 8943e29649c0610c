import type { LocalPerson } from '../local/part.ts';
import type { HttpClient } from './client.ts';
import type { StartedApp } from './messages.ts';

type SignInApp = Pick<StartedApp, 'people' | 'loginPath'>;

/**
 * Signs in through the app's own path for that and the local provider's page of people.
 * @throws Error when the app has no local login or nobody of that name
 */
export async function signIn(client: HttpClient, { people, loginPath }: SignInApp, who?: string): Promise<HttpClient> {
  const person = people.find(({ name, email, sub }) => who === undefined || [name, email, sub].includes(who));
  if (!person) throw new Error(`There is nobody called ${who ?? 'anything'} to sign in as: ${names(people)}.`);
  const page = await client.open(loginPath);
  const html = await page.text();
  const action = /<form[^>]*\saction="([^"]+)"[^>]*>\s*<input[^>]*\sname="person"/.exec(html)?.[1];
  if (!action) throw new Error(`${page.url} shows no people to sign in as (${page.status}).\n${html.slice(0, 500)}`);
  const landed = await client.submit(new URL(action.replaceAll('&amp;', '&'), page.url).href, { person: person.sub });
  await landed.body?.cancel();
  if (landed.ok) return client;
  throw new Error(`Signing in as ${person.name} ended at ${landed.url} with ${landed.status}.`);
}

function names(people: readonly LocalPerson[]): string {
  return people.map(({ name }) => name).join(', ') || 'no people';
}
