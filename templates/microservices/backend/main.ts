import { createService } from '@keelson/runtime';
import { container } from './container.ts';
import { health } from './health.ts';

export default createService(
  async (app) => {
    health(app);
    container(app);
  },
  { title: 'Backend', version: '1.0.0', description: 'Says which container answers.' },
);
