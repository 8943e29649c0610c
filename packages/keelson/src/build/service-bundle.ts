import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Problem } from '@keelson/contract';
import { migrationFiles } from '@keelson/runtime/postgres';
import type { Plugin } from 'esbuild';
import { buildFailures, failureText } from '../build-failure.ts';
import { conditions } from '../build-folder.ts';
import type { LoadedApp } from '../config/load.ts';
import { migrationsFolder } from '../local/postgres/migrate-local.ts';
import { ProblemsError, UserError } from '../user-error.ts';
import { missingNativeParts } from './native-parts.ts';
import { neededPackages } from './needed-packages.ts';
import { onDemand } from './on-demand.ts';
import { bundlePrograms } from './program-bundle.ts';

/** By this line of its package.json a folder is known to be made here, and may be replaced. */
const description = 'Made by `keelson bundle`';
const manifest = `${JSON.stringify({ private: true, type: 'module', description }, undefined, 2)}\n`;

/**
 * Writes what the image of a service runs: `server.js`, and `migrate.js` when the service uses a database. Nothing else has to
 * be installed beside them.
 *
 * @param folder absolute path; replaced when it is a bundle already
 * @throws UserError naming file and line when it does not compile
 * @throws ProblemsError naming every package that is needed in AWS and not installed
 */
export async function bundleService({ app, root }: LoadedApp, service: string, folder: string): Promise<void> {
  checkFolder(folder);
  const texts = { server: serverText(app, root, service), ...migrateText(app, root, service) };
  const packages = onDemand(neededPackages(app, service));
  mkdirSync(dirname(folder), { recursive: true });
  const outdir = mkdtempSync(`${folder}-`);
  try {
    const entries = Object.fromEntries(Object.keys(texts).map((name) => [name, `${scheme}${name}`]));
    const plugins = [programs(root, texts), packages.plugin];
    const inputs = await compile(root, () =>
      bundlePrograms({ entries, outdir, conditions, sourceMaps: true, plugins, define: { KEELSON_BUNDLE: 'true' } }),
    );
    failOnMissing(service, [...packages.missing().map(notInstalled), ...missingNativeParts(inputs)]);
    writeFileSync(join(outdir, 'package.json'), manifest);
    // A temporary folder is its maker's alone, but an image's process is another user.
    chmodSync(outdir, 0o755);
    rmSync(folder, { recursive: true, force: true });
    renameSync(outdir, folder);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function serverText(app: LoadedApp['app'], root: string, service: string): string {
  const source = resolve(root, app.services[service]?.source ?? '');
  return [
    "import { runService } from '@keelson/runtime';",
    `import service from ${JSON.stringify(source)};`,
    'process.exit(await runService(service));',
  ].join('\n');
}

/** The migrations of the service's database, by name: an image holds no folder of them. */
function migrateText({ services, resources }: LoadedApp['app'], root: string, service: string): { migrate?: string } {
  const used = (services[service]?.uses ?? []).map((name) => resources?.[name]);
  const database = used.find((resource) => resource?.kind === 'postgres');
  if (!database) return {};
  const files = Object.entries(migrationFiles(migrationsFolder(root, database)));
  const imports = files.map(([, file], index) => `import * as m${index} from ${JSON.stringify(file)};`);
  const names = files.map(([name], index) => `${JSON.stringify(name)}: m${index}`);
  return {
    migrate: [
      "import { runMigrations } from '@keelson/runtime/postgres';",
      ...imports,
      `process.exit(await runMigrations({ ${names.join(', ')} }));`,
    ].join('\n'),
  };
}

const scheme = 'program:';

/** The entries as modules that are nowhere on disk and resolve as if they lay beside the configuration. */
function programs(root: string, texts: Readonly<Record<string, string>>): Plugin {
  return {
    name: 'programs',
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: new RegExp(`^${scheme}`) }, ({ path }) => ({
        path: path.slice(scheme.length),
        namespace: 'program',
      }));
      onLoad({ filter: /.*/, namespace: 'program' }, ({ path }) => ({
        contents: texts[path] ?? '',
        loader: 'js',
        resolveDir: root,
      }));
    },
  };
}

async function compile<Result>(root: string, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    const failures = buildFailures(error);
    if (failures.length === 0) throw error;
    throw new UserError(failures.map((failure) => failureText(failure, root, process.cwd())).join('\n'));
  }
}

function failOnMissing(service: string, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ProblemsError(`The image of ${service} would not be whole:`, problems);
}

function notInstalled(name: string): Problem {
  return {
    path: name,
    message: 'is not installed, and the service needs it in AWS',
    hint: `npm install ${name}`,
  };
}

function checkFolder(folder: string): void {
  const entries = entriesOf(folder);
  if (entries.length === 0) return;
  if (entries.includes('package.json') && readFileSync(join(folder, 'package.json'), 'utf8') === manifest) return;
  throw new UserError(`${folder} holds files that are no bundle.`, 'Empty it, or choose another folder with --out.');
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    throw new UserError(`${folder} cannot be written: ${message}`, 'Choose another folder with --out.');
  }
}
