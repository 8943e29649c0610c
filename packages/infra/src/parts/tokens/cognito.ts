import type { Handle, Stack } from '../../aws/index.ts';
import { call, type Expression, text } from '../../hcl/index.ts';
import { identifier, type Site, type SiteResource, tokenIdentifier } from '../../site/site.ts';
import type { Account } from '../account.ts';
import type { TokenClient, Tokens } from './tokens.ts';

/** A Cognito user pool without users: it gives machines access tokens for their id and secret (client credentials). */
export function cognito(stack: Stack, site: Site, used: SiteResource, account: Account): Tokens {
  const pool = userPool(stack, site, used);
  const endpoint = tokenEndpoint(stack, site, used, account, pool);
  const server = resourceServer(stack, site, used, pool);
  const clients = machines(stack, site, used, pool, server);
  const issuer = text`https://${pool.ref('endpoint')}`;
  const ids = clients.map(({ id }) => id);
  return {
    resource: used,
    grant: {
      environment: {
        TOKEN_ISSUER: issuer,
        TOKEN_CLIENT_IDS: ids.length === 1 && ids[0] ? ids[0] : call('join', ',', ids),
        TOKEN_SCOPE_PREFIX: server.ref('identifier'),
      },
      statements: [],
      reach: [],
    },
    issuer,
    audience: ids,
    scope: (name) => scopeOf(server, name),
    endpoint,
    clients,
  };
}

function userPool(stack: Stack, site: Site, { id, name }: SiteResource): Handle<'id' | 'endpoint'> {
  const args = {
    name: `${site.prefix}-${name}`,
    deletion_protection: site.ephemeral ? 'INACTIVE' : 'ACTIVE',
    admin_create_user_config: { allow_admin_create_user_only: true },
  };
  return stack.resource('aws_cognito_user_pool', id, args, { comment: 'For machines alone: nobody can sign up.' });
}

function tokenEndpoint(
  stack: Stack,
  site: Site,
  { id, name }: SiteResource,
  account: Account,
  pool: Handle<'id'>,
): Expression {
  const domain = stack.resource(
    'aws_cognito_user_pool_domain',
    id,
    { domain: text`${site.prefix}-${name}-${account.id}`, user_pool_id: pool.ref('id') },
    { comment: 'All AWS accounts of a region share the names of these domains: hence the number of ours.' },
  );
  return stack.local(
    `${id}_endpoint`,
    text`https://${domain.ref('domain')}.auth.${site.region}.amazoncognito.com/oauth2/token`,
  );
}

type ResourceServer = Handle<'identifier'>;

function resourceServer(stack: Stack, site: Site, used: SiteResource, pool: Handle<'id'>): ResourceServer {
  const scopes = used.resource.kind === 'tokens' ? Object.entries(used.resource.scopes) : [];
  return stack.resource('aws_cognito_resource_server', used.id, {
    user_pool_id: pool.ref('id'),
    identifier: tokenIdentifier(site, used),
    name: site.prefix,
    scope: scopes.map(([scope_name, description]) => ({ scope_name, scope_description: description || scope_name })),
  });
}

function scopeOf(server: ResourceServer, name: string): Expression {
  return text`${server.ref('identifier')}/${name}`;
}

function machines(
  stack: Stack,
  site: Site,
  { id, resource }: SiteResource,
  pool: Handle<'id'>,
  server: ResourceServer,
): TokenClient[] {
  const declared = resource.kind === 'tokens' ? Object.entries(resource.clients ?? {}) : [];
  return declared.map(([name, scopes]) => {
    const client = stack.resource(
      'aws_cognito_user_pool_client',
      `${id}_${identifier(name)}`,
      {
        name: `${site.prefix}-${name}`,
        user_pool_id: pool.ref('id'),
        generate_secret: true,
        allowed_oauth_flows_user_pool_client: true,
        allowed_oauth_flows: ['client_credentials'],
        allowed_oauth_scopes: scopes.map((scope) => scopeOf(server, scope)),
        explicit_auth_flows: [],
        enable_token_revocation: true,
        prevent_user_existence_errors: 'ENABLED',
        access_token_validity: 1,
        token_validity_units: { access_token: 'hours' },
      },
      {
        comment:
          'Cognito makes the secret and Terraform reads it, so it is in the state: keep the state where only those may read it who may call the API.',
      },
    );
    return { name, id: client.ref('id'), secret: client.ref('client_secret') };
  });
}
