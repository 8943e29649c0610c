import { createService } from '@keelson/runtime';
import { login } from '@keelson/runtime/login';

export default createService(
  async (app) => {
    await app.register(login);
  },
  { title: 'Quick', version: '1.0.0' },
);
