import { createRequire } from 'node:module';
import { ConfigError } from '../errors/index.ts';

/** Written into its programs by `keelson bundle`, which fails itself when a package is missing. */
declare const KEELSON_BUNDLE: true | undefined;

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
    throw notInstalled(variable, name);
  }
}

/**
 * Finds out at boot whether an optional peer is there, without the time that loading it takes.
 * @throws ConfigError like `optionalPackage`
 */
export function checkInstalled(variable: string, name: string): void {
  if (typeof KEELSON_BUNDLE !== 'undefined') return;
  try {
    createRequire(import.meta.url).resolve(name);
  } catch {
    throw notInstalled(variable, name);
  }
}

function notInstalled(variable: string, name: string): ConfigError {
  return new ConfigError([
    { path: variable, message: `needs the package ${name}.`, hint: `Run \`npm install ${name}\`.` },
  ]);
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
