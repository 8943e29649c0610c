import { createService } from '@keelson/runtime';
import { login } from '@keelson/runtime/login';
import { postgres } from '@keelson/runtime/postgres';
import { postgresSessionStore } from '@keelson/runtime/session';
import type { Database } from './database.ts';
import { home } from './home.ts';
import { notes } from './notes.ts';

export default createService(async (app) => {
  const db = postgres<Database>('db');
  await app.register(login, { store: postgresSessionStore(db) });
  await app.register(home, { db });
  await app.register(notes, { db });
});
