import Type from 'typebox';
import { defineKind, variable } from './kind.ts';

/** Who may make an account of their own. */
export const registrations = ['first', 'domain', 'open'] as const;

export const accounts = defineKind({
  summary:
    'Accounts of one’s own: registration, confirmation by mail, sign-in with a password. Needs `postgres` and `mail`',
  schema: Type.Object(
    {
      kind: Type.Literal('accounts'),
      /**
       * `first`: the first administrator registers (in production only with the address in `ADMIN_EMAIL`), later ones are invited;
       * `domain`: whoever has an address at one of `domains`; `open`: anyone. @default 'first'
       */
      registration: Type.Optional(Type.Enum(registrations)),
      /** Mail domains for `registration: 'domain'`: `example.com`. */
      domains: Type.Optional(Type.Array(Type.String({ pattern: '^[a-z0-9-]+(\\.[a-z0-9-]+)+$' }))),
      /** Says `open` a second time: without it, production refuses to start. @default false */
      anyoneMayRegister: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  forms: () => [
    [
      variable(
        'ACCOUNT_KEYS',
        'One or two comma-separated secrets of 32 characters or more, from which the signing keys are made; the first one signs',
        {
          secret: true,
        },
      ),
      variable(
        'ACCOUNT_REGISTRATION',
        `Who may register: one of ${registrations.map((name) => `\`${name}\``).join(', ')}`,
      ),
      variable('ACCOUNT_DOMAINS', 'Comma-separated mail domains, with `domain`', { optional: true }),
      variable('ACCOUNT_OPEN_TO_ANYONE', '`1` says `open` a second time; production asks for it', { optional: true }),
      variable('ADMIN_EMAIL', 'Address of the first administrator; production asks for it with `first`', {
        optional: true,
      }),
    ],
  ],
});
