import type { Problem } from '@keelson/contract';

/** Packages whose code npm installs as a second package, made for one platform: `@node-rs/argon2-linux-x64-gnu`. */
const nativePackages = ['@node-rs/argon2'];

/**
 * Native packages of which only the JavaScript went in: they would fail at the first use, in production.
 * @param inputs paths of what went into a bundle
 */
export function missingNativeParts(inputs: readonly string[]): Problem[] {
  const has = (start: string, end = '') =>
    inputs.some((path) => path.includes(`node_modules/${start}`) && path.endsWith(end));
  return nativePackages
    .filter((name) => has(`${name}/`) && !has(`${name}-`, '.node'))
    .map((name) => ({
      path: name,
      message: `is installed without its native part for ${process.platform}-${process.arch}`,
      hint: 'Bundle on the platform of the image, as the Dockerfile does, after `npm ci --include=optional`.',
    }));
}
