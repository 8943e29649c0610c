import { sep } from 'node:path';
import type { Plugin } from 'esbuild';
import { onDemandPackages } from './needed-packages.ts';

export interface OnDemand {
  readonly plugin: Plugin;
  /** Needed packages that are not installed. */
  missing(): readonly string[];
}

/**
 * Decides about the packages that the runtime loads on demand: what the service needs goes in, the rest stays out; the
 * runtime says so if it is asked for after all. What the app's own code imports always goes in.
 */
export function onDemand(needed: ReadonlySet<string>): OnDemand {
  const missing = new Set<string>();
  const plugin: Plugin = {
    name: 'on-demand',
    setup: ({ onResolve, resolve: find }) => {
      onResolve({ filter: /^[@a-z]/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
        if (pluginData === seen || kind !== 'dynamic-import' || !onDemandPackages.has(path)) return undefined;
        if (!isRuntime(importer)) return undefined;
        if (!needed.has(path)) return { path, external: true };
        const result = await find(path, { kind, importer, resolveDir, pluginData: seen });
        if (result.errors.length === 0) return result;
        missing.add(path);
        return { path, external: true };
      });
    },
  };
  return { plugin, missing: () => [...missing].sort() };
}

const seen = Symbol('seen');

function isRuntime(importer: string): boolean {
  return [`${sep}@keelson${sep}runtime${sep}`, `${sep}packages${sep}runtime${sep}`].some((part) =>
    importer.includes(part),
  );
}
