import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import { readForm } from './form.ts';
import { peoplePage } from './pages/index.ts';
import { isEmail, type People, type Persona } from './people.ts';
import { sendPage } from './reply.ts';
import type { Vendor } from './vendors/index.ts';

export interface InteractionOptions {
  readonly appName: string;
  readonly vendor: Vendor;
  readonly people: People;
}

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/** Shows the people (GET), then signs in the one who was chosen (POST). */
export async function interact(
  provider: Provider,
  options: InteractionOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const interaction = await provider.interactionDetails(request, response);
  if (request.method !== 'POST') return showPeople(options, interaction, response);
  const form = await readForm(request);
  if (form.has('cancel')) {
    const refusal = { error: 'access_denied', error_description: options.vendor.cancelled ?? 'The person cancelled' };
    return provider.interactionFinished(request, response, refusal, { mergeWithLastSubmission: false });
  }
  const person = choose(options.people, form);
  if (!person) return showPeople(options, interaction, response, form.get('email') ?? '');
  await leaveOtherAccount(provider, interaction, person);
  const result = { login: { accountId: person.sub, remember: true }, select_account: {}, consent: {} };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true });
}

function choose(people: People, form: URLSearchParams): Persona | undefined {
  const sub = form.get('person');
  if (sub !== null) return people.bySubject(sub);
  const email = form.get('email')?.trim() ?? '';
  return isEmail(email) ? people.byEmail(email) : undefined;
}

function showPeople(
  { appName, vendor, people }: InteractionOptions,
  { uid, params }: Interaction,
  response: ServerResponse,
  typed?: string,
) {
  const hint = typed ?? params['login_hint'];
  sendPage(
    response,
    typed === undefined ? 200 : 422,
    peoplePage({
      appName,
      vendorTitle: vendor.title,
      people: people.offered,
      action: `/people/${uid}`,
      ...(typeof hint === 'string' && { hint: hint.slice(0, 254) }),
      ...(typed !== undefined && { problem: 'Type an email address such as someone@example.com.' }),
    }),
  );
}

/** Someone else was signed in here: that session ends, as the library would otherwise ask with a page of its own. */
async function leaveOtherAccount(provider: Provider, interaction: Interaction, person: Persona): Promise<void> {
  const current = interaction.session;
  if (!current || current.accountId === person.sub) return;
  const session = await provider.Session.findByUid(current.uid);
  await session?.destroy();
  delete interaction.session;
  await interaction.save(interaction.exp - Math.floor(Date.now() / 1000));
}
