import { createService } from '@keelson/runtime';
import { tokens } from '@keelson/runtime/tokens';

const schema = { response: { 200: { type: 'object', properties: { message: { type: 'string' } } } } };

/** Nothing but the check of a token, as the service by hand has it at `/token`. */
export default createService(async (app) => {
  await app.register(tokens);
  app.get('/token', { auth: { scopes: ['shows.read'] }, schema }, async () => ({ message: 'welcome' }));
});
