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
    },
    { additionalProperties: false },
  ),
  forms: ({ name }) => [[variable(upperSnake(name), 'Set by the operator', { secret: true })]],
});
