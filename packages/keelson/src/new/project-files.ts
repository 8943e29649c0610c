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
  const appName = nameInConfig(folder);
  edit(folder, 'keelson.config.ts', (text) => text.replace(`name: '${appName}'`, `name: '${options.name}'`));
  edit(folder, 'README.md', (text) => readme(text, appName, options));
  edit(folder, 'tsconfig.json', tsconfig);
  write(folder, 'vitest.config.ts', vitestConfig);
  write(folder, '.gitignore', gitignore);
}

/** The app's name in the template, which commands and addresses of its README hold too. */
function nameInConfig(folder: string): string {
  const name = /^ {2}name: '([^']+)'/m.exec(readFileSync(join(folder, 'keelson.config.ts'), 'utf8'))?.[1];
  if (name === undefined) throw new Error(`keelson.config.ts of the template in ${folder} has no name`);
  return name;
}

function readme(text: string, appName: string, { name, template }: ProjectOptions): string {
  const words = new RegExp(`\\b${appName}\\b`, 'g');
  return text.replace(`# ${template}`, `# ${name}`).replaceAll(words, name);
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
  test: { include: ['test/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 120_000 },
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
