import { createBootScope, readEnv, readServiceConfig } from '@keelson/runtime/config';
import Type from 'typebox';
import { describe, expect, it } from 'vitest';

const schema = Type.Object({
  COUNT: Type.Integer({ minimum: 1 }),
  RATIO: Type.Number({ default: 0.5 }),
  ON: Type.Boolean(),
  MODE: Type.Enum(['a', 'b']),
  NOTE: Type.Optional(Type.String()),
});

describe('readEnv', () => {
  it('converts, fills defaults and freezes', () => {
    const values = readEnv(createBootScope({ COUNT: '3', ON: 'true', MODE: 'b', NOTE: '' }), schema);
    expect(values).toEqual({ COUNT: 3, RATIO: 0.5, ON: true, MODE: 'b' });
    expect(Object.isFrozen(values)).toBe(true);
  });

  it('reports every problem, gives harmless values, and repeats no value', () => {
    const scope = createBootScope({ COUNT: '0', RATIO: 'hunter2', MODE: 'hunter2' });
    const values = readEnv(scope, schema);
    expect(scope.problems.map(({ path }) => path)).toEqual(['COUNT', 'RATIO', 'ON', 'MODE']);
    expect(scope.problems.at(-1)?.hint).toBe('Use one of: a, b.');
    expect(values).toEqual({ COUNT: 1, RATIO: 0, ON: false, MODE: 'a' });
    expect(JSON.stringify(scope.problems)).not.toContain('hunter2');
  });

  it.each(['0x10', '1e1', 'true', '1.5'])('takes no COUNT=%s', (COUNT) => {
    const scope = createBootScope({ COUNT });
    readEnv(scope, Type.Object({ COUNT: Type.Integer() }));
    expect(scope.problems.map(({ path }) => path)).toEqual(['COUNT']);
  });

  it('takes 1 and 0 for booleans', () => {
    const flag = Type.Object({ ON: Type.Boolean() });
    expect(readEnv(createBootScope({ ON: '1' }), flag)).toEqual({ ON: true });
    expect(readEnv(createBootScope({ ON: '0' }), flag)).toEqual({ ON: false });
  });
});

describe('service configuration', () => {
  it('listens on the loopback address only, except in production', () => {
    expect(readServiceConfig(createBootScope({})).host).toBe('127.0.0.1');
    expect(readServiceConfig(createBootScope({ NODE_ENV: 'production' })).host).toBe('0.0.0.0');
  });

  it.each([['everyone'], ['0.0.0.0/0'], ['::/0'], ['10.0.0.0/33'], ['10.0.0.0/24,true']])(
    'trusts no proxy from %s',
    (TRUSTED_PROXIES) => {
      const scope = createBootScope({ TRUSTED_PROXIES });
      expect(readServiceConfig(scope).trustedProxies).toEqual([]);
      expect(scope.problems.map(({ path }) => path)).toEqual(['TRUSTED_PROXIES']);
    },
  );
});
