import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLru } from '../../src/auth/lru.ts';

const keys = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
const steps = fc.array(fc.record({ what: fc.constantFrom('get', 'set', 'delete'), key: keys, value: fc.nat() }), {
  maxLength: 200,
});

test('remembers what a list in order of use would', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), steps, (capacity, all) => {
      const lru = createLru<number>(capacity);
      let model: (readonly [string, number])[] = [];
      for (const { what, key, value } of all) {
        const entry = model.find(([name]) => name === key);
        const others = model.filter(([name]) => name !== key);
        if (what === 'get') {
          expect(lru.get(key)).toBe(entry?.[1]);
          if (entry) model = [...others, entry];
        } else if (what === 'set') {
          lru.set(key, value);
          model = [...others, [key, value] as const].slice(-capacity);
        } else {
          lru.delete(key);
          model = others;
        }
      }
    }),
  );
});
