import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../support/imports.ts';

export interface Fence {
  /** Where it is, e.g. `docs/auth0.md:12`. */
  readonly place: string;
  readonly code: string;
}

/** Every `ts` example of the README files and of docs/. */
export function fences(): Fence[] {
  return pages().flatMap((page) => {
    const text = readFileSync(join(repository, page), 'utf8');
    return [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => ({
      place: `${page}:${text.slice(0, match.index).split('\n').length}`,
      code: match[1] ?? '',
    }));
  });
}

function pages(): string[] {
  const docs = readdirSync(join(repository, 'docs')).filter((name) => name.endsWith('.md'));
  const templates = readdirSync(join(repository, 'templates'));
  return [
    'README.md',
    'CONTRIBUTING.md',
    ...docs.map((name) => `docs/${name}`),
    ...templates.map((name) => `templates/${name}/README.md`),
  ];
}

/** Writes each example as a module of its own; answers the folder, which has a tsconfig.json. */
export function writeProject(examples: readonly Fence[]): string {
  // Inside node_modules, so that the packages resolve and git ignores it.
  const folder = join(repository, 'node_modules/.cache/docs-examples');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: '../../../tsconfig.base.json',
      compilerOptions: {
        composite: false,
        noEmit: true,
        declaration: false,
        declarationMap: false,
        sourceMap: false,
        typeRoots: ['../../@types'],
      },
      include: ['*.ts'],
      exclude: [],
    }),
  );
  for (const { place, code } of examples) {
    writeFileSync(join(folder, `${place.replaceAll(/[^\w]/g, '_')}.ts`), `// ${place}\n${code}\nexport {};\n`);
  }
  return folder;
}
