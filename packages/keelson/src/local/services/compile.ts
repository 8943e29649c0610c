import { rmSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { buildFailures, failureText } from '../../build-failure.ts';
import { conditions, newBuildFolder } from '../../build-folder.ts';
import { type Bundle, bundleSources } from '../../source-bundle.ts';
import { runFile } from './run-file.ts';

export interface CompiledService {
  /** Compiles it now, for the next `build`, while other things start. */
  ahead(): void;
  /**
   * Compiles the service as it is now.
   * @returns arguments for node
   * @throws Error with every place that does not compile
   */
  build(): Promise<string[]>;
  /** Whether a change of the file, relative to the app's folder, may change what the service does. */
  reads(file: string): boolean;
  clean(): Promise<void>;
}

interface Ahead {
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly args: Promise<string[]>;
}

export function compiledService(root: string, source: string): CompiledService {
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
    // Sources that were not compiled in play no part; other files may be read while it runs.
    reads: (file) => !inputs || !/\.[cm]?[jt]sx?$/.test(file) || inputs.has(join(root, file)),
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
