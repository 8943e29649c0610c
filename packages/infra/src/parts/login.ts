import type { Stack } from '../aws/index.ts';
import { operation, ref, type Reference, text, call, type Expression } from '../hcl/index.ts';
import type { Site, SiteResource, SiteService } from '../site/site.ts';
import type { Grant } from './grant.ts';
import { onceNeeded } from './once-needed.ts';
import { generatedSecret, operatorSecret, readSecrets } from './secrets.ts';
import { sessionTable } from './session-table.ts';

export interface Login {
  grantFor(service: SiteService): Grant;
}

type Provider = 'auth0' | 'google' | 'cognito' | 'generic';

const providerNames: Readonly<Record<Provider, string>> = {
  auth0: 'Auth0',
  google: 'Google',
  cognito: 'Cognito',
  generic: 'the provider',
};

/** Sign-in: the provider's settings, its client secret, the keys of the session cookie, and where ended sessions are kept. */
export function login(stack: Stack, site: Site, { id, resource }: SiteResource): Login {
  const provider = resource.kind === 'login' ? resource.provider : 'generic';
  const files = { secrets: stack.file('secrets.tf'), variables: stack.file('variables.tf') };
  const settings = providerVariables(files.variables, provider);
  const clientSecret = operatorSecret(files.secrets, site, {
    name: 'OIDC_CLIENT_SECRET',
    description: `Client secret that ${providerNames[provider]} gave this application`,
  });
  const sessionKeys = generatedSecret(files.secrets, site, {
    name: 'SESSION_KEYS',
    description: 'Key that encrypts session cookies',
  });
  const table = onceNeeded(() => sessionTable(stack.file('sessions.tf'), site, id));
  return {
    grantFor: (service) => {
      const keepsSessionsInPostgres = service.uses.some((used) => used.resource.kind === 'postgres');
      const store = keepsSessionsInPostgres ? undefined : table();
      return {
        environment: {
          OIDC_PROVIDER: provider,
          ...settings,
          OIDC_CLIENT_SECRET_SECRET_ARN: clientSecret,
          SESSION_KEYS_SECRET_ARN: sessionKeys,
          ...store?.environment,
        },
        statements: [readSecrets('ReadLoginSecrets', [clientSecret, sessionKeys]), ...(store?.statements ?? [])],
        reach: [],
      };
    },
  };
}

/** What a person has to enter, because only the provider knows it. */
function providerVariables(stack: Stack, provider: Provider): Record<string, string | Expression> {
  switch (provider) {
    case 'auth0':
      return {
        OIDC_ISSUER: text`https://${hostVariable(stack, 'auth0_domain', 'Domain of the Auth0 tenant', 'tenant.eu.auth0.com')}/`,
        OIDC_CLIENT_ID: clientId(stack, 'auth0_client_id', provider),
      };
    case 'google':
      return {
        OIDC_ISSUER: 'https://accounts.google.com',
        OIDC_CLIENT_ID: clientId(stack, 'google_client_id', provider),
      };
    case 'cognito':
      return {
        OIDC_ISSUER: issuer(stack, 'cognito_issuer'),
        OIDC_CLIENT_ID: clientId(stack, 'cognito_client_id', provider),
      };
    case 'generic':
      return {
        OIDC_ISSUER: issuer(stack, 'oidc_issuer'),
        OIDC_CLIENT_ID: clientId(stack, 'oidc_client_id', provider),
      };
  }
}

function clientId(stack: Stack, name: string, provider: Provider): Reference {
  const description = `Client id that ${providerNames[provider]} gave this application`;
  return stack.variable(name, { type: 'string', description, example: 'the-client-id', validation: notEmpty(name) });
}

function hostVariable(stack: Stack, name: string, description: string, example: string): Reference {
  const condition = call('can', call('regex', '^[A-Za-z0-9.-]+$', ref(`var.${name}`)));
  const error_message = `Write the host name alone, without https:// and without a slash: ${example}`;
  return stack.variable(name, { type: 'string', description, example, validation: { condition, error_message } });
}

function issuer(stack: Stack, name: string): Reference {
  const example = 'https://issuer.example.com/';
  const condition = call('startswith', ref(`var.${name}`), 'https://');
  const validation = { condition, error_message: `Write the issuer as an address: ${example}` };
  return stack.variable(name, {
    type: 'string',
    description: 'Issuer identifier of the provider',
    example,
    validation,
  });
}

function notEmpty(name: string) {
  return { condition: operation(ref(`var.${name}`), '!=', ''), error_message: `${name} is empty.` };
}
