import Type from 'typebox';

/** PostgreSQL's `integer`. */
const idRange = { minimum: 1, maximum: 2_147_483_647 };
const Id = Type.Integer(idRange);
/** What an address may look like is `normalizeEmail`'s to say; this limits the work. */
const Email = Type.String({ maxLength: 1000 });

export const User = Type.Object({ id: Id, email: Type.String(), active: Type.Boolean() });

export const NewUser = Type.Object({ email: Email });

export const UserChanges = Type.Object(
  { email: Type.Optional(Email), active: Type.Optional(Type.Boolean()) },
  { description: 'What is left out stays as it is' },
);

export const WithId = Type.Object({ id: Id });

export const PageQuery = Type.Object(
  {
    limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
    cursor: Type.Optional(Type.Integer({ ...idRange, description: 'From the page before' })),
    search: Type.Optional(Type.String({ maxLength: 254, description: 'Part of the email address' })),
  },
  { additionalProperties: false },
);

export const UserPage = Type.Object({
  users: Type.Array(User),
  cursor: Type.Optional(Type.String({ description: 'Send it as `cursor` to read on; absent on the last page' })),
});
