import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parseDockerfile } from '../bundle/dockerfile.ts';
import { cleanUp, keelson, makeFolder } from '../dev/harness.ts';

const templates = readdirSync(new URL('../../../../templates', import.meta.url));

afterEach(cleanUp);

async function create(cwd: string, ...args: string[]) {
  const run = keelson(cwd, ['new', ...args]);
  return { code: await run.ended, output: run.output() };
}

function allFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
}

describe('keelson new', () => {
  it('makes a project that stands on its own', async () => {
    const folder = await makeFolder();
    const { code, output } = await create(folder, 'my-notes', '--template', 'sso');
    expect(code).toBe(0);
    // Made from a clone: its packages are on no registry.
    expect(output).toMatch(
      /cd my-notes\n\s+npm pack --silent .* --pack-destination vendor\n\s+npm install \.\/vendor\/\*\.tgz\n\s+npm start/,
    );
    const project = join(folder, 'my-notes');
    const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
    expect(manifest.name).toBe('my-notes');
    const ours = JSON.parse(readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8'));
    expect(manifest.overrides).toEqual(ours.overrides);
    expect(manifest.dependencies['@keelson/runtime']).toMatch(/^\^\d/);
    expect(manifest.devDependencies.keelson).toMatch(/^\^\d/);
    expect(readFileSync(join(project, 'keelson.config.ts'), 'utf8')).toContain("name: 'my-notes'");
    expect(readFileSync(join(project, 'README.md'), 'utf8')).toMatch(/^# my-notes/);
    expect(readFileSync(join(project, '.gitignore'), 'utf8')).toMatch(/^\.env$/m);
    expect(existsSync(join(project, '.env.example'))).toBe(true);
  });

  it('gives the app of any template its name, in commands of the README too', async () => {
    const folder = await makeFolder();
    expect((await create(folder, 'my-shows', '--template', 'shows')).code).toBe(0);
    const project = join(folder, 'my-shows');
    const text = (name: string) => readFileSync(join(project, name), 'utf8');
    expect(JSON.parse(text('package.json')).name).toBe('my-shows');
    expect(text('keelson.config.ts')).toContain("  name: 'my-shows',");
    // Two projects of one template share an account without a collision: nothing is named after the template's app.
    expect(text('keelson.config.ts')).toContain("      name: 'my-shows-{env}',");
    expect(text('keelson.config.ts')).toContain("bucket: 'my-shows-terraform-state'");
    expect(text('keelson.config.ts')).toContain("repository: 'https://github.com/acme/my-shows'");
    expect(text('keelson.config.ts')).toContain("clients: { shows: ['shows.read'");
    expect(text('.env.example')).toContain('https://my-shows-dev.api');
    expect(text('.env.example')).toContain('Locally: my-shows-local');
    expect(text('README.md')).toContain('--table-name my-shows-dev');
    expect(text('README.md')).toMatch(/^# my-shows/);
    expect(text('README.md')).toContain('/ecs/my-shows-dev');
    for (const file of ['README.md', 'keelson.config.ts', '.env.example']) {
      expect(text(file), file).not.toMatch(/show-service|(?<!my-)shows-(dev|local|\{env\})|my-my-/);
    }
    expect(allFiles(project).filter((name) => /^(src|test)\/|^\.env\.example$|^Dockerfile$/.test(name))).toEqual(
      expect.arrayContaining(['src/main.ts', 'test/shows.test.ts', '.env.example', 'Dockerfile']),
    );
  });

  it('leaves nothing in it that points at the repository it came from', async () => {
    const folder = await makeFolder();
    await create(folder, 'app');
    const project = join(folder, 'app');
    const files = allFiles(project);
    expect(files.filter((name) => name.startsWith('test/'))).not.toEqual([]);
    expect(files.filter((name) => /node_modules|\.keelson|dist\/|^\.env$/.test(name))).toEqual([]);
    for (const name of files) {
      expect(readFileSync(join(project, name), 'utf8'), name).not.toMatch(
        /\.\.\/\.\.\/(tsconfig|packages)|keelson-source/,
      );
    }
    expect(readdirSync(folder).toSorted()).toEqual(['app', 'package.json']);
  });

  it.each(templates)(
    'brings the folder of packed packages with %s, and its image installs from there',
    async (template) => {
      const folder = await makeFolder();
      expect((await create(folder, 'app', '--template', template)).code).toBe(0);
      const project = join(folder, 'app');
      expect(readFileSync(join(project, 'vendor/README.md'), 'utf8')).toContain('npm install ./vendor/*.tgz');
      const files = readdirSync(project).filter((name) => name.startsWith('Dockerfile'));
      const builds = files
        .map((name) => parseDockerfile(readFileSync(join(project, name), 'utf8'))[0])
        .filter((stage) => stage?.name === 'build');
      expect(builds).not.toEqual([]);
      for (const build of builds) {
        const lines = build?.instructions.map(({ word, rest }) => `${word} ${rest}`) ?? [];
        expect(lines).toContain('COPY vendor ./vendor');
        expect(lines.indexOf('COPY vendor ./vendor')).toBeLessThan(lines.indexOf('RUN npm ci'));
      }
      expect(readFileSync(join(project, '.dockerignore'), 'utf8')).toContain('**/.env\n');
    },
  );

  it('fills an empty folder, also the current one', async () => {
    const folder = await makeFolder();
    mkdirSync(join(folder, 'here'));
    expect((await create(join(folder, 'here'), '.')).code).toBe(0);
    expect(existsSync(join(folder, 'here', 'package.json'))).toBe(true);
  });

  it.each([
    ['trail-', 'trail'],
    ['a--b', 'a-b'],
  ])('makes no app called %s, whose names AWS would refuse', async (name, better) => {
    const folder = await makeFolder();
    const { code, output } = await create(folder, name);
    expect(code).toBe(2);
    expect(output).toContain(`keelson new ${better}`);
    expect(readdirSync(folder)).toEqual(['package.json']);
  });

  it('touches nothing in a folder that is not empty', async () => {
    const folder = await makeFolder({ 'app/mine.txt': 'mine' });
    const { code, output } = await create(folder, 'app');
    expect(code).toBe(1);
    expect(output).toContain('is not empty');
    expect(readdirSync(join(folder, 'app'))).toEqual(['mine.txt']);
  });

  it('says where a project cannot be made, without a stack', async () => {
    const folder = await makeFolder({ file: '' });
    for (const place of ['file/app', ...(process.platform === 'linux' ? ['/proc/app'] : [])]) {
      const { code, output } = await create(folder, place);
      expect(code).toBe(1);
      expect(output).toMatch(/\/app cannot be made: .*\n.*Choose a folder that you may write to/);
      expect(output).not.toMatch(/^\s+at /m);
    }
  });

  it.each([
    [['My_App'], 'npx keelson new my-app'],
    [['app', '--template', 'sos'], 'Did you mean sso?'],
    [['app', '--template', '../sso'], 'There is no template'],
  ])('refuses %j and says what would do', async (args, hint) => {
    const folder = await makeFolder();
    const { code, output } = await create(folder, ...args);
    expect(code).toBe(2);
    expect(output).toContain(hint);
    expect(readdirSync(folder)).toEqual(['package.json']);
  });
});
