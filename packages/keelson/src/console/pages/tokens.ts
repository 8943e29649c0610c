import type { LocalApp } from '../../local/app.ts';
import type { LocalMachine, LocalPart } from '../../local/part.ts';
import { askForToken } from '../../local/tokens/ask.ts';
import { type Html, html } from '../../html.ts';
import type { ConsolePage } from './page.ts';
import { clientSection, type Opened } from './tokens/client.ts';

/** The machines that get tokens, and tokens for them. No secret is on it until it is asked for. */
export const tokens: ConsolePage = {
  path: '/tokens',
  title: 'Tokens',
  shown: (app) => providers(app).length > 0,
  render: (app) => page(app),
  submit: async (app, rest, form) => {
    const [resource = '', name = '', what] = rest.split('/');
    const part = app.parts.get(resource);
    const machine = part?.tokens?.clients.find((client) => client.name === name);
    if (!part?.tokens || !machine) return undefined;
    if (what === 'secret') return page(app, { resource, name, secret: machine.secret });
    if (what !== 'token') return undefined;
    const scopes = form.getAll('scope');
    // The provider would give all of them.
    if (scopes.length === 0 && machine.scopes.length > 0) {
      return page(app, { resource, name, failure: 'Choose a scope: the token would be good for nothing without.' });
    }
    return page(app, { resource, name, ...(await newToken(part, machine, scopes)) });
  },
};

interface OpenedClient extends Opened {
  readonly resource: string;
  readonly name: string;
}

async function newToken({ tokens: provider }: LocalPart, machine: LocalMachine, scopes: readonly string[]) {
  if (!provider) return {};
  try {
    return { token: (await askForToken(provider, machine, scopes)).access_token };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

function page(app: LocalApp, opened?: OpenedClient): Html {
  return html`${providers(app).map(([resource, part]) => provider(app, resource, part, opened))}`;
}

function providers({ app, parts }: LocalApp): [string, LocalPart][] {
  return [...parts].filter(([name]) => app.resources?.[name]?.kind === 'tokens');
}

function provider(app: LocalApp, resource: string, part: LocalPart, opened: OpenedClient | undefined): Html {
  if (!part.tokens) {
    return html`<section aria-labelledby="tokens-${resource}"><h2 id="tokens-${resource}">${resource}</h2>
<p class="lead">Tokens come from your own provider, ${part.address}. Its clients and secrets are kept there.</p></section>`;
  }
  const openedHere = (name: string) => (opened?.resource === resource && opened.name === name ? opened : {});
  return html`<section aria-labelledby="tokens-${resource}">
<h2 id="tokens-${resource}">${resource}</h2>
<p class="lead">${part.title}, with tokens that are signed and checked as in AWS. Issuer: <code>${part.tokens.issuer}</code></p>
${part.tokens.clients.map((machine) => clientSection({ app, resource, tokens: part.tokens, machine }, openedHere(machine.name)))}
</section>`;
}
