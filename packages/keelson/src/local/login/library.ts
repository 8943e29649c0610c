type Library = typeof import('oidc-provider');

let library: Promise<Library> | undefined;

/** Loads oidc-provider only when a login starts here: the command line stays quick for everything else. */
export function oidcProvider(): Promise<Library> {
  library ??= quietly(() => import('oidc-provider'));
  return library;
}

/**
 * Holds back the lines in which oidc-provider advises people who run it in production (in-memory storage, Node 20):
 * it writes them to the console and has no switch for it. Everything else on the console goes through.
 */
export async function quietly<T>(work: () => T | Promise<T>): Promise<T> {
  const { warn, info } = console;
  const without = (write: (...args: unknown[]) => void) => {
    return (...args: unknown[]) => {
      if (!String(args[0]).includes('oidc-provider ')) write(...args);
    };
  };
  console.warn = without(warn);
  console.info = without(info);
  try {
    return await work();
  } finally {
    console.warn = warn;
    console.info = info;
  }
}
