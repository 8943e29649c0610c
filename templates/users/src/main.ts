import { createService } from '@keelson/runtime';
import { accounts } from '@keelson/runtime/accounts';
import { mailer } from '@keelson/runtime/mail';
import { postgres } from '@keelson/runtime/postgres';
import { assets } from './assets.ts';
import type { Database } from './database.ts';
import { pages } from './pages/index.ts';
import { users } from './users.ts';

const title = 'User manager';

export default createService(
  async (app) => {
    const db = postgres<Database>('db');
    await app.register(accounts, { store: db, mailer: mailer(db), table: 'admins', name: title });
    assets(app);
    pages(app);
    users(app, db);
  },
  { title, version: '1.0.0', description: 'Administrators sign in here and manage users.' },
);
