import Type from 'typebox';
import { defineKind, variable } from './kind.ts';

export const mail = defineKind({
  summary: 'Mail that the service sends; needs `postgres` for its outbox',
  schema: Type.Object(
    {
      kind: Type.Literal('mail'),
      /** Sender; `{app}` and `{domain}` stand for the app's name and the environment's domain. @default 'no-reply@{domain}' */
      from: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9._+{}-]+@[A-Za-z0-9.{}-]+$' })),
    },
    { additionalProperties: false },
  ),
  forms: () => [
    [
      variable(
        'MAIL_URL',
        'Where mail is handed over: `smtp://user:password@host:port`, `smtps://…` or `ses://region`',
        {
          secret: true,
        },
      ),
      variable('MAIL_FROM', 'Sender: an address, or `Name <address>`'),
    ],
  ],
});
