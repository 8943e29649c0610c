import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { compiledService } from '../../src/local/services/compile.ts';
import { cleanUp, makeFolder } from './harness.ts';

afterEach(cleanUp);

const source = (text: string) => `export default '${text}';\n`;

describe('a service that is compiled while other things start', () => {
  it('is compiled again when it was saved in between, also when it did not compile before', async () => {
    const root = await makeFolder();
    const compiled = compiledService(root, 'main.ts');
    for (const [before, after] of [
      [source('first'), source('second')],
      ['export default ;', source('third')],
    ] as const) {
      writeFileSync(join(root, 'main.ts'), before);
      compiled.ahead();
      writeFileSync(join(root, 'main.ts'), after);
      const file = (await compiled.build()).at(-1) ?? '';
      expect(readFileSync(file, 'utf8')).toContain(after.slice(16, -3));
    }
    await compiled.clean();
  });
});
