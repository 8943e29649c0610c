import Type, { type Static } from 'typebox';
import { accounts } from './accounts.ts';
import { logSearch } from './log-search.ts';
import { login } from './login.ts';
import { mail } from './mail.ts';
import { postgres } from './postgres.ts';
import { secret } from './secret.ts';
import { table } from './table.ts';
import { tokens } from './tokens.ts';

/** Every resource kind Keelson knows: its schema, and the variables it gives to a service that uses it. */
export const resourceKinds = {
  postgres,
  table,
  login,
  tokens,
  accounts,
  mail,
  secret,
  'log-search': logSearch,
};

export type ResourceKind = keyof typeof resourceKinds;

export const resourceSchema = Type.Union([
  postgres.schema,
  table.schema,
  login.schema,
  tokens.schema,
  accounts.schema,
  mail.schema,
  secret.schema,
  logSearch.schema,
]);

export type Resource = Static<typeof resourceSchema>;
