import type { LocalPart } from '../part.ts';

/** Nothing runs for it: the console keeps the logs of a run and filters them. */
export async function startLogSearch(): Promise<LocalPart> {
  return { title: 'Log search', address: 'the page Logs of the console', env: {}, stop: async () => {} };
}
