import { createService } from '@keelson/runtime';

export default createService(
  async (app) => {
    app.get('/health', { config: { auth: 'public' } }, async () => ({ status: 'ok' }));
  },
  { title: 'Backend', version: '1.0.0' },
);
