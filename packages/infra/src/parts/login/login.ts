import type { Stack } from '../../aws/index.ts';
import { operation, ref, type Reference, text, call, type Expression } from '../../hcl/index.ts';
import { needsDatabase, type Site, type SiteResource, type SiteService } from '../../site/site.ts';
import type { Account } from '../account.ts';
import { existingSecret } from '../secrets/existing-secret.ts';
import type { Grant } from '../access/grant.ts';
import { onceNeeded } from '../once-needed.ts';
import { generatedSecret, operatorSecret, readSecrets } from '../secrets/secrets.ts';
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

/** Sign-in: the provider's settings, its client, the keys of the session cookie, and where ended sessions are kept. */
export function login(stack: Stack, site: Site, account: Account, used: SiteResource): Login {
  const settings = used.resource.kind === 'login' ? used.resource : undefined;
  const provider = settings?.provider ?? 'generic';
  const issuer = issuerOf(stack.file('variables.tf'), provider);
  const secrets = existingSecret(stack.file('secrets.tf'), site, account, used) ?? ownSecrets(stack, site, provider);
  const table = onceNeeded(() => sessionTable(stack.file('sessions.tf'), site, used.id));
  return {
    grantFor: (service) => {
      const store = needsDatabase(service) ? undefined : table();
      return {
        environment: {
          OIDC_PROVIDER: provider,
          OIDC_ISSUER: issuer,
          ...secrets.environment,
          ...(settings?.hostedDomain === undefined ? {} : { OIDC_HOSTED_DOMAIN: settings.hostedDomain }),
          ...store?.environment,
        },
        statements: [...secrets.statements, ...(store?.statements ?? [])],
        reach: [],
      };
    },
  };
}

/** The client id is asked for, the client secret set by the operator, the keys of the cookie are nobody's business. */
function ownSecrets(all: Stack, site: Site, provider: Provider): Pick<Grant, 'environment' | 'statements'> {
  const id = clientId(all.file('variables.tf'), provider);
  const stack = all.file('secrets.tf');
  const clientSecret = operatorSecret(stack, site, {
    name: 'OIDC_CLIENT_SECRET',
    description: `Client secret that ${providerNames[provider]} gave this application`,
  });
  const sessionKeys = generatedSecret(stack, site, {
    name: 'SESSION_KEYS',
    description: 'Key that encrypts session cookies',
  });
  return {
    environment: {
      OIDC_CLIENT_ID: id,
      OIDC_CLIENT_SECRET_SECRET_ARN: clientSecret,
      SESSION_KEYS_SECRET_ARN: sessionKeys,
    },
    statements: [readSecrets('ReadLoginSecrets', [clientSecret, sessionKeys])],
  };
}

/** What a person has to enter where only the provider knows it. */
function issuerOf(stack: Stack, provider: Provider): string | Expression {
  switch (provider) {
    case 'auth0':
      return text`https://${hostVariable(stack, 'auth0_domain', 'Domain of the Auth0 tenant', 'tenant.eu.auth0.com')}/`;
    case 'google':
      return 'https://accounts.google.com';
    case 'cognito':
      return issuer(stack, 'cognito_issuer');
    case 'generic':
      return issuer(stack, 'oidc_issuer');
  }
}

function clientId(stack: Stack, provider: Provider): Reference {
  const name = `${provider === 'generic' ? 'oidc' : provider}_client_id`;
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
