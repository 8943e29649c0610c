/** A map that forgets what was used longest ago once it holds `capacity` entries. */
export interface Lru<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
}

export function createLru<Value>(capacity: number): Lru<Value> {
  const entries = new Map<string, Value>();
  // Goes on where it stopped: a new iterator would pass by everything that was deleted at the beginning, every time.
  const oldestFirst = entries.keys();
  return {
    get(key) {
      const value = entries.get(key);
      if (value !== undefined) {
        entries.delete(key);
        entries.set(key, value);
      }
      return value;
    },
    set(key, value) {
      entries.delete(key);
      entries.set(key, value);
      if (entries.size > capacity) entries.delete(oldestFirst.next().value ?? '');
    },
    delete: (key) => void entries.delete(key),
  };
}
