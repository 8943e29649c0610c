import type { Store } from './dynalite.ts';

type Call = (...given: unknown[]) => unknown;

/**
 * A store for one action of dynalite: what its callbacks throw goes to `fail`. Thrown where it is, it would be caught by
 * nobody and end the process. Locks are left out: operations that write run one after the other, and one that failed would
 * never give its lock back.
 */
export function guarded(store: Store, fail: (error: unknown) => void): Store {
  return guardMembers(store, fail) as Store;
}

function guardMembers(target: object, fail: (error: unknown) => void): object {
  return Object.fromEntries(
    Object.entries(target).map(([name, member]: [string, unknown]) => {
      if (name === 'lock')
        return [name, (_key: string, run: Call) => guardCallback(run, fail)((done: unknown) => done)];
      if (name === 'tableDb') return [name, guardMembers(member as object, fail)];
      return [name, typeof member === 'function' ? guardMethod(target, member as Call, fail) : member];
    }),
  );
}

function guardMethod(target: object, method: Call, fail: (error: unknown) => void): Call {
  return (...given) => {
    const result = method.apply(
      target,
      given.map((each) => (typeof each === 'function' ? guardCallback(each as Call, fail) : each)),
    );
    if (isStream(result)) return guardStream(result, fail);
    return isPlain(result) && 'get' in result ? guardMembers(result, fail) : result;
  };
}

function guardCallback(callback: Call, fail: (error: unknown) => void): Call {
  return (...given) => {
    try {
      return callback(...given);
    } catch (error) {
      fail(error);
      return undefined;
    }
  };
}

interface Stream {
  on(event: string, listener: Call): unknown;
}

function guardStream(stream: Stream, fail: (error: unknown) => void): Stream {
  const on = stream.on.bind(stream);
  return Object.assign(stream, { on: (event: string, listener: Call) => on(event, guardCallback(listener, fail)) });
}

const isPlain = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isStream = (value: unknown): value is Stream => isPlain(value) && 'on' in value && typeof value.on === 'function';
