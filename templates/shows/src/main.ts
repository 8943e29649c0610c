import { createService } from '@keelson/runtime';
import { table } from '@keelson/runtime/table';
import { tokens } from '@keelson/runtime/tokens';
import { createShows } from './create-shows.ts';
import { health } from './health.ts';
import { listShows } from './list-shows.ts';
import type { StoredShow } from './stored-show.ts';

export default createService(
  async (app) => {
    const shows = table<StoredShow>('shows', { key: 'slug' });
    await app.register(tokens);
    health(app);
    for (const path of ['/v1/shows', '/shows']) {
      listShows(app, path, shows);
      createShows(app, path, shows);
    }
  },
  { title: 'Shows', version: '1.0.0' },
);
