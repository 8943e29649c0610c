import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from '../../../../test/support/imports.ts';
import { copyTemplate } from '../../../../test/support/template.ts';
import { buildWithoutDocker, type Image, linkPackages, parseDockerfile } from '../bundle/dockerfile.ts';
import { command } from '../synth/app.ts';

export interface Assembled {
  readonly image: Image;
  remove(): void;
}

/** What the adapter of Lambda is in the assembled tree: nothing that runs. */
const adapter = 'not the adapter: a file in its place\n';

/** The file tree that a template's Dockerfile makes, without Docker; the packages are those of this repository. */
export async function assemble(template: string, dockerfile = 'Dockerfile'): Promise<Assembled> {
  const root = mkdtempSync(join(tmpdir(), 'keelson-docker-'));
  // Its makers alone may enter a temporary folder, and an image's process is another user.
  chmodSync(root, 0o755);
  const copied = copyTemplate(template);
  const remove = () => {
    copied.remove();
    rmSync(root, { recursive: true, force: true });
  };
  writeFileSync(join(copied.folder, 'package-lock.json'), '{}\n');
  writeFileSync(join(copied.folder, '.env'), 'OIDC_CLIENT_SECRET=hunter2\n');
  mkdirSync(join(root, 'elsewhere'));
  writeFileSync(join(root, 'elsewhere/lambda-adapter'), adapter, { mode: 0o755 });
  try {
    const stages = parseDockerfile(readFileSync(join(copied.folder, dockerfile), 'utf8'));
    const image = await buildWithoutDocker(stages, {
      context: copied.folder,
      root,
      elsewhere: (_image, path) => join(root, 'elsewhere', path),
      run: async (line, folder) => {
        if (line === 'npm ci') return linkPackages(repository, folder);
        const [, args = ''] = /^npx keelson (.*)$/.exec(line) ?? [];
        const { code, output } = await command(folder, ...args.split(' '));
        if (code !== 0) throw new Error(`RUN ${line}\n${output}`);
      },
    });
    return { image, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
