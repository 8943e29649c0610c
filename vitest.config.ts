import { defineConfig } from 'vitest/config';

// Tests run against the TypeScript sources: no build step stands between an edit and its test.
const conditions = ['keelson-source', 'node'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'templates/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // The default is a second, which a busy machine needs for anything.
    expect: { poll: { timeout: 60_000 } },
    maxWorkers: 2,
  },
});
