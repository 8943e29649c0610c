import { createService } from '@keelson/runtime';
import { tokens } from '@keelson/runtime/tokens';
import Type from 'typebox';

const schema = { response: { 200: Type.Object({ message: Type.String() }) } };

/** Nothing but the check of a token, as the service by hand has it at `/token`. */
export default createService(async (app) => {
  await app.register(tokens);
  app.get('/token', { auth: { scopes: ['shows.read'] }, schema }, async () => ({ message: 'welcome' }));
});
