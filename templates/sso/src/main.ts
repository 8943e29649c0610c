import { createService } from '@keelson/runtime';
import { forms } from '@keelson/runtime/http';
import { login } from '@keelson/runtime/login';
import { postgres } from '@keelson/runtime/postgres';
import { assets } from './assets.ts';
import type { Database } from './database.ts';
import { home } from './home.ts';
import { notes } from './notes.ts';

export default createService(async (app) => {
  const db = postgres<Database>('db');
  await app.register(login, { store: db });
  await app.register(forms);
  assets(app);
  home(app, db);
  notes(app, db);
});
