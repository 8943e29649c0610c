import { createService } from '@keelson/runtime';
import { login } from '@keelson/runtime/login';
import { assets } from './assets.ts';
import { home } from './home.ts';
import { me } from './me.ts';
import { readProvider } from './provider.ts';

export default createService(
  async (app) => {
    const provider = readProvider();
    await app.register(login, { loginPath: '/auth/login', logoutPath: '/auth/logout' });
    assets(app);
    home(app, provider);
    me(app, provider);
  },
  { title: 'Quick', version: '1.0.0' },
);
