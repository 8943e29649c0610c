import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('the installed package is smaller than 10 MB', () => {
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  const printed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd, encoding: 'utf8' });
  const [packed] = Object.values(JSON.parse(printed) as Record<string, { unpackedSize: number }>);
  expect(packed?.unpackedSize).toBeLessThan(10_000_000);
});
