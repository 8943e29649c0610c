import pg from 'pg';
import type { Pool } from '../pool/pool.ts';

const { escapeIdentifier } = pg;

/** What a service may do with the rows; the tables themselves belong to the migrations' user. */
const tableRights = 'select, insert, update, delete';
const sequenceRights = 'usage, select';

/**
 * Makes the user that services connect as, as the user who owns the tables. It signs in by IAM where the database knows
 * that (`rds_iam`), reads and writes every row, and cannot change a table. Running it again changes nothing.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.DBAccounts.html
 */
export async function bootstrapUser(pool: Pool, user: string): Promise<void> {
  await createUser(pool, user);
  await allowIamSignIn(pool, user);
  await allowConnect(pool, user);
  await grantOnWhatWillBeMade(pool, user);
  await grantOnWhatIsThere(pool, user);
}

async function createUser(pool: Pool, user: string): Promise<void> {
  if (!(await hasRole(pool, user))) await pool.query(`create role ${escapeIdentifier(user)} login`);
}

/** Only on RDS: there the role exists, and its members sign in with a token instead of a password. */
async function allowIamSignIn(pool: Pool, user: string): Promise<void> {
  if (await hasRole(pool, 'rds_iam')) await pool.query(`grant rds_iam to ${escapeIdentifier(user)}`);
}

async function allowConnect(pool: Pool, user: string): Promise<void> {
  const { rows } = await pool.query<{ name: string }>('select current_database() as name');
  await pool.query(`grant connect on database ${escapeIdentifier(rows[0]?.name ?? '')} to ${escapeIdentifier(user)}`);
}

/** A migration needs no grants of its own: what it makes can be used at once. */
async function grantOnWhatWillBeMade(pool: Pool, user: string): Promise<void> {
  const to = `to ${escapeIdentifier(user)}`;
  await pool.query(`alter default privileges grant usage on schemas ${to}`);
  await pool.query(`alter default privileges grant ${tableRights} on tables ${to}`);
  await pool.query(`alter default privileges grant ${sequenceRights} on sequences ${to}`);
}

/** What was made before there was this user. Others' tables (extensions') are theirs to grant. */
async function grantOnWhatIsThere(pool: Pool, user: string): Promise<void> {
  const { rows } = await pool.query<{ statement: string }>(ownThings, [user, tableRights, sequenceRights]);
  for (const { statement } of rows) await pool.query(statement);
}

const ownThings = `
  select format('grant usage on schema %I to %I', nspname, $1::text) as statement
    from pg_namespace where nspowner = current_user::regrole and nspname !~ '^pg_'
  union all
  select case relkind
      when 'S' then format('grant %s on sequence %I.%I to %I', $3::text, nspname, relname, $1::text)
      else format('grant %s on table %I.%I to %I', $2::text, nspname, relname, $1::text)
    end
    from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where relowner = current_user::regrole and relkind in ('r', 'p', 'v', 'm', 'f', 'S') and nspname !~ '^pg_'`;

async function hasRole(pool: Pool, name: string): Promise<boolean> {
  const { rows } = await pool.query('select 1 from pg_roles where rolname = $1', [name]);
  return rows.length > 0;
}
