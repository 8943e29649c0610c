import { existsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

// In Keelson's own repository the packages are read as TypeScript; in a project of your own, as npm installed them.
const inRepository = existsSync(new URL('../../packages/keelson/src/testing.ts', import.meta.url));
const conditions = [...(inRepository ? ['keelson-source'] : []), 'node', 'import', 'default'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  // The first start copies and initialises a whole PostgreSQL.
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // The AWS SDK would say on every run that it will want a newer Node.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
});
