import { rmSync, statSync } from 'node:fs';
import { basename, join, resolve, sep } from 'node:path';
import { buildFailures, failureText } from '../../build-failure.ts';
import { conditions, newBuildFolder } from '../../build-folder.ts';
import { type Bundle, bundleSources } from '../../source-bundle.ts';
import { runFile } from './run-file.ts';
import type { Runnable } from './runnable.ts';

interface Ahead {
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly args: Promise<string[]>;
}

export function compiledService(root: string, source: string): Runnable {
  const run = runFile(root);
  const runIsSource = !run.includes(`${sep}node_modules${sep}`);
  const entries = { service: resolve(root, source), ...(runIsSource ? { run } : {}) };
  let outdir: string | undefined;
  let inputs: ReadonlySet<string> | undefined;
  let begun: Ahead | undefined;
  const build = async () => {
    outdir ??= newBuildFolder(root);
    inputs = undefined;
    const bundle = await compile(entries, outdir, root);
    inputs = new Set(bundle.inputs);
    return ['--enable-source-maps', runIsSource ? bundle.file('run') : run, bundle.file('service')];
  };
  return {
    ahead: () => {
      begun = { since: Date.now(), args: build() };
      begun.args.catch(() => {});
    },
    build: async () => {
      const earlier = begun;
      begun = undefined;
      const args = await earlier?.args.catch(() => undefined);
      return earlier && args && !changedSince(earlier.since, inputs) ? args : build();
    },
    // Another server's is none of ours. Sources that were not compiled in play no part; other files may be read while it runs.
    reads: (file) =>
      basename(file) !== 'nginx.conf' && (!inputs || !/\.[cm]?[jt]sx?$/.test(file) || inputs.has(join(root, file))),
    clean: async () => {
      await begun?.args.catch(() => {});
      if (outdir) rmSync(outdir, { recursive: true, force: true });
    },
  };
}

/** Nobody watches the sources yet. */
function changedSince(time: number, files: ReadonlySet<string> = new Set()): boolean {
  return [...files].some((file) => !((statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? time) < time));
}

async function compile(entries: Readonly<Record<string, string>>, outdir: string, root: string): Promise<Bundle> {
  try {
    return await bundleSources({ entries, outdir, conditions });
  } catch (error) {
    const failures = buildFailures(error);
    if (failures.length === 0) throw error;
    throw new Error(failures.map((failure) => failureText(failure, root, outdir)).join('\n'), { cause: error });
  }
}
