import { ConfigError } from '../errors/index.ts';

/**
 * Loads an optional peer that `variable` makes necessary.
 * @throws ConfigError naming the variable and the package when it is not installed
 */
export async function optionalPackage<Module>(
  variable: string,
  name: string,
  load: () => Promise<Module>,
): Promise<Module> {
  try {
    return named(await load());
  } catch (error) {
    if (!isAbsent(error)) throw error;
    throw new ConfigError([
      { path: variable, message: `needs the package ${name}.`, hint: `Run \`npm install ${name}\`.` },
    ]);
  }
}

/** In a bundle, a CommonJS package that is loaded on demand has its exports under `default` alone. */
function named<Module>(module: Module): Module {
  if (typeof module !== 'object' || module === null || Object.keys(module).join() !== 'default') return module;
  const exported = 'default' in module ? module.default : undefined;
  return typeof exported === 'object' && exported !== null ? (exported as Module) : module;
}

export function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
}
