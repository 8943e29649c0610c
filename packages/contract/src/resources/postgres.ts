import Type from 'typebox';
import { defineKind, variable } from './kind.ts';

export const postgres = defineKind({
  summary: 'A PostgreSQL database',
  schema: Type.Object(
    {
      kind: Type.Literal('postgres'),
      /** Folder of the migrations, relative to the config file. @default 'migrations' */
      migrations: Type.Optional(Type.String({ minLength: 1 })),
    },
    { additionalProperties: false },
  ),
  forms: () => [
    [variable('DATABASE_URL', 'Connection string, `postgres://user:password@host:port/database`', { secret: true })],
    [
      variable('DATABASE_AUTH', '`iam`: a signed token of the task role is the password'),
      variable('PGHOST', 'Host name of the cluster'),
      variable('PGPORT', 'Port of the cluster'),
      variable('PGDATABASE', 'Name of the database'),
      variable('PGUSER', 'Database user with the role `rds_iam`'),
    ],
  ],
});
