import pg from 'pg';

/**
 * How PostgreSQL's types arrive: `bigint` and `numeric` as text (JavaScript cannot count that far), `timestamptz` as `Date`,
 * `date` as text `2026-01-31` (a `Date` would be another day in another time zone), `json` parsed.
 */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.DATE ? (text: string) => text : pg.types.getTypeParser(oid, format ?? 'text'),
};
