import Type from 'typebox';
import { namePattern } from '../names.ts';
import { defineKind, variable } from './kind.ts';

/** Issuers of access tokens whose rules Keelson knows; `generic` is RFC 9068. */
export const tokenProviders = ['cognito', 'auth0', 'generic'] as const;

/** Letters, digits and `. _ : -`: `shows.read`. */
const scope = '^[A-Za-z0-9._:-]{1,100}$';

export const tokens = defineKind({
  summary: 'Access tokens of machines, with scopes',
  schema: Type.Object(
    {
      kind: Type.Literal('tokens'),
      provider: Type.Enum(tokenProviders),
      /** What a token may allow, with a description for people: `{ 'shows.read': 'Read shows' }`. */
      scopes: Type.Record(Type.String({ pattern: scope }), Type.String(), { minProperties: 1 }),
      /**
       * Machines that get tokens (client credentials), with the scopes they may ask for. Cognito's are made in AWS too; other providers' are
       * registered there by hand.
       */
      clients: Type.Optional(
        Type.Record(Type.String({ pattern: namePattern }), Type.Array(Type.String({ pattern: scope }))),
      ),
      /**
       * What tokens are for: the resource server's identifier at Cognito, where scopes read `<identifier>/shows.read`, otherwise the audience.
       * `{app}` and `{env}` stand for the app's and the environment's name. @default 'https://{app}-{env}.api'
       */
      identifier: Type.Optional(Type.String({ pattern: '^[!-~]{1,256}$' })),
      /** Path at the HTTP API that gives tokens, passed on to the provider. Cognito alone. @default '/oauth/token' */
      tokenPath: Type.Optional(Type.String({ pattern: '^/[A-Za-z0-9/_-]*$' })),
    },
    { additionalProperties: false },
  ),
  forms: () => [
    [
      issuer,
      variable(
        'TOKEN_CLIENT_IDS',
        'Comma-separated client ids whose tokens are taken (Cognito: its tokens name no audience)',
      ),
      variable(
        'TOKEN_SCOPE_PREFIX',
        'Identifier of the resource server; a scope `<identifier>/shows.read` counts as `shows.read`',
        {
          optional: true,
        },
      ),
    ],
    [issuer, variable('TOKEN_AUDIENCE', 'Comma-separated audiences, one of which a token must name (`aud`)')],
  ],
});

const issuer = variable('TOKEN_ISSUER', 'Comma-separated issuer identifiers (URLs) of those who sign the tokens');
