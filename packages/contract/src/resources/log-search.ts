import Type from 'typebox';
import { defineKind } from './kind.ts';

export const logSearch = defineKind({
  summary: 'Logs that can be searched: OpenSearch, next to CloudWatch; locally the console shows them',
  schema: Type.Object(
    {
      kind: Type.Literal('log-search'),
      /** Instance type of the search domain. @default 't3.small.search' */
      instance: Type.Optional(Type.String({ pattern: '^[a-z0-9]+\\.[a-z0-9]+\\.search$' })),
      /** GiB of storage. @default 10 */
      storage: Type.Optional(Type.Integer({ minimum: 10, maximum: 1000 })),
    },
    { additionalProperties: false },
  ),
  forms: () => [[]],
});
