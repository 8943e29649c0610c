import { readFileSync, writeFileSync } from 'node:fs';
import { type Metafile, type Plugin, build } from 'esbuild';
import { leanMap, type SourceMap } from './lean-map.ts';

export interface ProgramOptions {
  /** Entry files by the name of the program made of each; an entry of a plugin's works too. */
  readonly entries: Readonly<Record<string, string>>;
  readonly outdir: string;
  /** Conditions for resolving packages, beyond node's own. */
  readonly conditions: readonly string[];
  /** @default '.js' */
  readonly extension?: '.js' | '.mjs';
  /** @default false */
  readonly sourceMaps?: boolean;
  readonly plugins?: readonly Plugin[];
  /** Names that stand for a JSON text in all of the code. */
  readonly define?: Readonly<Record<string, string>>;
}

/** CommonJS packages inside an ESM bundle still ask for these. */
const commonJs = [
  "import { createRequire as __createRequire } from 'node:module';",
  "import { fileURLToPath as __fileURLToPath } from 'node:url';",
  'const require = __createRequire(import.meta.url);',
  'const __filename = __fileURLToPath(import.meta.url);',
  "const __dirname = __fileURLToPath(new URL('.', import.meta.url));",
].join('\n');

/** Optional native parts, and developer's tools that nothing in production loads. */
const leftOut = ['pg-native', 'pino-pretty'];

/**
 * Bundles programs with every package they import, so that they run where nothing is installed: one file each, what is loaded
 * on demand apart.
 * @returns absolute or relative paths of what went in, as esbuild names them
 * @throws esbuild's BuildFailure with every error and its place
 */
export async function bundlePrograms(options: ProgramOptions): Promise<readonly string[]> {
  const { entries, outdir, conditions, extension = '.js', sourceMaps = false, plugins = [], define = {} } = options;
  const { metafile } = await build({
    entryPoints: { ...entries },
    outdir,
    outExtension: { '.js': extension },
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // ES modules where a package has them: of these only what is used goes in, and their names stay names.
    mainFields: ['module', 'main'],
    conditions: [...conditions, 'module'],
    // A third less to read at each start; names stay, and source maps say where a line came from.
    minifyWhitespace: true,
    minifySyntax: true,
    external: leftOut,
    // Native parts go beside the code, as npm installed them: for the platform that this runs on.
    loader: { '.node': 'copy' },
    assetNames: 'native/[name]-[hash]',
    banner: { js: commonJs },
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
    plugins: [...plugins],
    define: { ...define },
    ...(sourceMaps ? { sourcemap: 'linked', sourcesContent: false } : {}),
  });
  if (sourceMaps) shrinkMaps(metafile);
  return Object.keys(metafile.inputs);
}

function shrinkMaps({ outputs }: Metafile): void {
  for (const file of Object.keys(outputs).filter((name) => name.endsWith('.map'))) {
    const map = JSON.parse(readFileSync(file, 'utf8')) as SourceMap;
    writeFileSync(file, JSON.stringify(leanMap(map)));
  }
}
