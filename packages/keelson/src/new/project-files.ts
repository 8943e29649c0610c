import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ProjectOptions {
  /** Name of the package and of the app. */
  readonly name: string;
  readonly template: string;
  /** Version of Keelson's packages. */
  readonly version: string;
}

/** Turns a template's copy into a project that stands on its own: nothing in it points at Keelson's repository. */
export function makeProject(folder: string, options: ProjectOptions): void {
  edit(folder, 'package.json', (text) => packageJson(text, options));
  const renamed = renaming(readFileSync(join(folder, 'keelson.config.ts'), 'utf8'), options.name);
  edit(folder, 'README.md', (text) => text.replace(`# ${options.template}`, `# ${options.name}`));
  for (const file of ['keelson.config.ts', 'README.md', '.env.example']) edit(folder, file, renamed);
  edit(folder, 'tsconfig.json', tsconfig);
  write(folder, 'vitest.config.ts', vitestConfig);
  write(folder, '.gitignore', gitignore);
}

/**
 * Gives everything that is named after the template's app, or after its table, the name of this one: two projects may share
 * an AWS account, and buckets share the world.
 */
function renaming(config: string, name: string): (text: string) => string {
  const app = /^ {2}name: '([^']+)'/m.exec(config)?.[1];
  if (app === undefined) throw new Error('keelson.config.ts of the template has no name');
  const table = /^ {6}name: '([\w-]+)-\{env\}'/m.exec(config)?.[1];
  const names = [app, ...(table === undefined ? [] : [`${table}(?=-(?:\\{env\\}|dev\\b|local\\b))`])];
  // Not within a longer name, and in one go: the new name may hold one of the old ones.
  const pattern = new RegExp(`(?<![\\w-])(?:${names.join('|')})(?!\\w)`, 'g');
  return (text) => text.replaceAll(pattern, name);
}

interface Manifest {
  name: string;
  version: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  overrides?: Record<string, string>;
}

/** The newest of these ask for Node 22, and are not needed: Keelson's own repository keeps to the same. */
export const overrides = { '@fastify/static': '10.1.0', 'light-my-request': '6.6.0' };

function packageJson(text: string, { name, version }: ProjectOptions): string {
  const manifest = JSON.parse(text) as Manifest;
  manifest.name = name;
  manifest.version = '0.0.0';
  for (const dependencies of [manifest.dependencies, manifest.devDependencies]) {
    for (const dependency of Object.keys(dependencies ?? {})) {
      const ours = dependency === 'keelson' || dependency.startsWith('@keelson/');
      if (ours && dependencies) dependencies[dependency] = `^${version}`;
    }
  }
  manifest.overrides = overrides;
  return json(manifest);
}

function tsconfig(text: string): string {
  const { include } = JSON.parse(text) as { include: string[] };
  return json({ compilerOptions, include });
}

/** Those of Keelson's repository, without what only a workspace needs. */
const compilerOptions = {
  target: 'es2023',
  lib: ['es2023'],
  module: 'nodenext',
  types: ['node'],
  strict: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  allowImportingTsExtensions: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noImplicitOverride: true,
  noFallthroughCasesInSwitch: true,
  skipLibCheck: true,
  noEmit: true,
};

const vitestConfig = `import { defineConfig } from 'vitest/config';

export default defineConfig({
  // A first start may set up a whole database.
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // The AWS SDK would say on every run that it will want a newer Node.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
});
`;

const gitignore = `node_modules/
dist/
coverage/
.keelson/
.env
*.log
*.tsbuildinfo
`;

function edit(folder: string, name: string, change: (text: string) => string): void {
  write(folder, name, change(readFileSync(join(folder, name), 'utf8')));
}

function write(folder: string, name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
