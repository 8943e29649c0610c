import Type from 'typebox';
import { upperSnake } from '../names.ts';
import { defineKind, variable } from './kind.ts';

export const secret = defineKind({
  summary: 'A value that an operator sets and nobody may see',
  schema: Type.Object(
    {
      kind: Type.Literal('secret'),
      /** Name of the variable. @default the resource's name in upper snake case */
      variable: Type.Optional(Type.String({ pattern: '^[A-Z][A-Z0-9_]*$' })),
      description: Type.Optional(Type.String()),
      /** One that is in Secrets Manager already, instead of one of Keelson's: its name, and the key if it is a JSON document. */
      existing: Type.Optional(
        Type.Object(
          {
            /** `{app}` and `{env}` stand for the app's and the environment's name. */
            name: Type.String({ pattern: '^[A-Za-z0-9/_+=.@{}-]{1,512}$' }),
            key: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_.-]{1,128}$' })),
          },
          { additionalProperties: false },
        ),
      ),
    },
    { additionalProperties: false },
  ),
  forms: ({ name }) => [[variable(upperSnake(name), 'Set by the operator', { secret: true })]],
});
