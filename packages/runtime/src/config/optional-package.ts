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
    return await load();
  } catch (error) {
    if (!isAbsent(error)) throw error;
    throw new ConfigError([
      { path: variable, message: `needs the package ${name}.`, hint: `Run \`npm install ${name}\`.` },
    ]);
  }
}

export function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
}
