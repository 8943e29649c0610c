import Type from 'typebox';
import { upperSnake } from '../names.ts';
import { defineKind, variable } from './kind.ts';

/** Types of key attributes. */
export const keyTypes = ['string', 'number', 'binary'] as const;

const attribute = (description: string) =>
  Type.Record(Type.String({ pattern: '^(?!__proto__$)[A-Za-z0-9_.-]{1,255}$' }), Type.Enum(keyTypes), {
    minProperties: 1,
    maxProperties: 1,
    description,
  });

export const table = defineKind({
  summary: 'A DynamoDB table',
  schema: Type.Object(
    {
      kind: Type.Literal('table'),
      /** The partition key, then the sort key where there is one: attribute name → type. */
      key: Type.Record(Type.String({ pattern: '^(?!__proto__$)[A-Za-z0-9_.-]{1,255}$' }), Type.Enum(keyTypes), {
        minProperties: 1,
        maxProperties: 2,
      }),
      /** Global secondary indexes by name; all attributes are in them. */
      indexes: Type.Optional(
        Type.Record(
          Type.String({ pattern: '^[A-Za-z0-9_.-]{3,255}$' }),
          Type.Object(
            { hash: attribute('Partition key of the index'), range: Type.Optional(attribute('Sort key of the index')) },
            { additionalProperties: false },
          ),
        ),
      ),
      /** Attribute with the time (seconds since 1970) after which DynamoDB removes an item. Absent: items stay. */
      ttl: Type.Optional(Type.String({ minLength: 1 })),
      /** Name of the table; `{app}` and `{env}` stand for the app's and the environment's name. @default '{app}-{env}-<resource>' */
      name: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_.{}-]{3,255}$' })),
    },
    { additionalProperties: false },
  ),
  forms: ({ name }) => [
    [
      variable(`${upperSnake(name)}_TABLE`, 'Name of the table'),
      variable('AWS_REGION', 'Region of the table; a variable of the AWS SDK'),
      variable('AWS_ENDPOINT_URL_DYNAMODB', 'Where DynamoDB is, when it is not in AWS; a variable of the AWS SDK', {
        optional: true,
      }),
    ],
  ],
});
