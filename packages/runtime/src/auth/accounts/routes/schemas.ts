import Type from 'typebox';

/** Characters of any text: a limit on work, not a rule; the rules are the flows'. */
const text = Type.String({ maxLength: 4096 });

export const registration = Type.Object({ email: text, name: text, password: text });
export const address = Type.Object({ email: text });
export const linkToken = Type.Object({ token: Type.String({ maxLength: 256 }) });
export const newPassword = Type.Object({ token: Type.String({ maxLength: 256 }), password: text });
export const acceptance = Type.Object({ token: Type.String({ maxLength: 256 }), name: text, password: text });
export const credentials = Type.Object({
  email: text,
  password: text,
  device_token: Type.Optional(
    Type.String({ maxLength: 256, description: 'Of an earlier sign-in, from a client that keeps no cookies' }),
  ),
});
export const refreshToken = Type.Object({ refresh_token: Type.String({ maxLength: 256 }) });
export const changes = Type.Object({
  name: Type.Optional(text),
  email: Type.Optional(text),
  password: Type.Optional(text),
  current_password: Type.Optional(text),
});
export const activity = Type.Object({ active: Type.Boolean() });
export const accountId = Type.Object({ id: Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' }) });
export const page = Type.Object({
  limit: Type.Integer({ default: 20, minimum: 1, maximum: 100 }),
  offset: Type.Integer({ default: 0, minimum: 0, maximum: 1_000_000 }),
});

export const accepted = Type.Object({ status: Type.Literal('accepted') });
export const done = Type.Object({ status: Type.Literal('done') });
export const tokens = Type.Object({
  access_token: Type.String(),
  refresh_token: Type.String(),
  expires_in: Type.Integer({ description: 'Seconds that the access token is good for' }),
  token_type: Type.Literal('Bearer'),
});

const view = {
  id: Type.String(),
  email: Type.String(),
  name: Type.Union([Type.String(), Type.Null()]),
  role: Type.String(),
  confirmed: Type.Boolean(),
  active: Type.Boolean(),
  created_at: Type.String(),
};
export const account = Type.Object(view);
export const ownAccount = Type.Object({ ...view, pending_email: Type.Union([Type.String(), Type.Null()]) });
export const accountPage = Type.Object({ items: Type.Array(account), total: Type.Integer() });
export const jwks = Type.Object({
  keys: Type.Array(
    Type.Object({
      kty: Type.String(),
      crv: Type.String(),
      x: Type.String(),
      kid: Type.String(),
      alg: Type.String(),
      use: Type.String(),
    }),
  ),
});
