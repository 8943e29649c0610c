import Type from 'typebox';
import { defineKind, variable } from './kind.ts';

/** OpenID providers whose quirks (logout, scopes, claims) Keelson knows; `generic` is plain OpenID Connect. */
export const loginProviders = ['auth0', 'google', 'cognito', 'generic'] as const;

/** Key of a JSON document, as a reference to a secret can carry it: without colons. */
const secretKey = Type.String({ pattern: '^[A-Za-z0-9_.-]{1,128}$' });

export const login = defineKind({
  summary: 'Sign-in of people through an OpenID provider',
  schema: Type.Object(
    {
      kind: Type.Literal('login'),
      provider: Type.Enum(loginProviders),
      /** Path the provider sends the browser back to. @default '/auth/callback' */
      callbackPath: Type.Optional(Type.String({ pattern: '^/[A-Za-z0-9/_-]*$' })),
      /** Path that starts a sign-in, for those who link to it: the console and tests. The service says it in code too. @default '/login' */
      loginPath: Type.Optional(Type.String({ pattern: '^/[A-Za-z0-9/_-]*$' })),
      /** Google Workspace domain that people must belong to (claim `hd`): `example.com`. With `google` alone. Absent: any account. */
      hostedDomain: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+$' })),
      /**
       * A JSON secret that is in Secrets Manager already, in the app's region, instead of secrets of Keelson's; read at run time. A
       * key of your own in KMS that encrypts it must be of the same account. Locally it means nothing.
       */
      existingSecret: Type.Optional(
        Type.Object(
          {
            /** `{app}` and `{env}` stand for the app's and the environment's name. */
            name: Type.String({ pattern: '^[A-Za-z0-9/_+=.@{}-]{1,512}$' }),
            /** Which key of it is which variable. @default `<PROVIDER>_CLIENT_ID`, `<PROVIDER>_CLIENT_SECRET` and `SECRET_KEY` (`OIDC_…` with `generic`) */
            keys: Type.Optional(
              Type.Object(
                {
                  OIDC_CLIENT_ID: Type.Optional(secretKey),
                  OIDC_CLIENT_SECRET: Type.Optional(secretKey),
                  SESSION_KEYS: Type.Optional(secretKey),
                },
                { additionalProperties: false },
              ),
            ),
          },
          { additionalProperties: false },
        ),
      ),
    },
    { additionalProperties: false },
  ),
  forms: ({ usedKinds }) => [
    [
      variable('OIDC_PROVIDER', `One of ${loginProviders.map((name) => `\`${name}\``).join(', ')}`),
      variable('OIDC_ISSUER', 'Issuer identifier (URL) of the provider'),
      variable(
        'OIDC_CLIENT_ID',
        'Client id that the provider gave this service; also as `OIDC_CLIENT_ID_SECRET_ARN`, because it may lie beside the secret',
      ),
      variable('OIDC_CLIENT_SECRET', 'Client secret that the provider gave this service', { secret: true }),
      variable('SESSION_KEYS', 'One or two comma-separated keys of 32 characters or more; the first one encrypts', {
        secret: true,
      }),
      variable('OIDC_HOSTED_DOMAIN', 'Google Workspace domain that people must belong to (claim `hd`)', {
        optional: true,
      }),
      ...(usedKinds.has('postgres') ? [] : [variable('SESSION_TABLE', 'DynamoDB table that records ended sessions')]),
    ],
  ],
});
