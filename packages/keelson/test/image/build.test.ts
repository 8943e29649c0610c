import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { cleanUp } from '../dev/harness.ts';
import { build, commitAll, makeProject, site, withBuildx, withoutBuildx } from './project.ts';

afterEach(cleanUp);

const registry = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const read = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8');

describe('what is written', () => {
  test('a Dockerfile and a .dockerignore, once: what a project has is never overwritten', async () => {
    const { folder } = await makeProject();
    const first = await build(folder, ['--tag', 'one']);
    expect(first.output).toContain('written  Dockerfile\nwritten  .dockerignore\n');
    expect(first.code).toBe(0);
    expect(read(folder, 'Dockerfile')).toMatch(/^FROM node:24-slim AS build$[\s\S]*^USER node$[\s\S]*^CMD \["node", /m);

    writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\n');
    writeFileSync(join(folder, '.dockerignore'), '.env\n.git\n');
    const second = await build(folder, ['--tag', 'two']);
    expect(second).toMatchObject({
      code: 0,
      docker: [expect.stringContaining('--file Dockerfile --tag shop/api:two')],
    });
    expect(second.output).not.toContain('written');
    expect([read(folder, 'Dockerfile'), read(folder, '.dockerignore')]).toEqual(['FROM scratch\n', '.env\n.git\n']);
  });

  test('the adapter of Lambda is in the image of a function, and in no other', async () => {
    const adapter = '/lambda-adapter /opt/extensions/lambda-adapter';
    for (const [compute, has] of [
      ['lambda', true],
      ['fargate', false],
      ['express', false],
    ] as const) {
      const { folder } = await makeProject({ compute });
      expect((await build(folder, ['--print'])).output.includes(adapter)).toBe(has);
    }
  });

  test('--print shows the texts and does nothing', async () => {
    const { folder } = await makeProject({ services: site });
    const before = readdirSync(folder);
    const { code, output, docker } = await build(folder, ['--print'], { programs: {} });
    expect(output).toMatch(
      /Dockerfile\.api would be written:\n\n {2}# The service[\s\S]*Dockerfile\.site would be written/,
    );
    // The configuration is compiled there.
    const after = readdirSync(folder).filter((name) => name !== 'node_modules');
    expect([code, docker, after]).toEqual([0, [], before]);
  });

  test('of a service whose source lies beside the configuration everything is copied, for it may import everything there', async () => {
    const { folder } = await makeProject(
      { services: "worker: { source: 'worker.ts', compute: 'fargate', port: 8001 }" },
      {
        'worker.ts': 'export default 1;\n',
      },
    );
    const { output } = await build(folder, ['worker', '--print']);
    expect(output).toMatch(/RUN npm ci\n {2}COPY \. \.\n {2}RUN npx keelson bundle worker --out dist/);
  });
});

describe('how it is built', () => {
  test('with buildx: without provenance, for the platform, tagged with the whole commit, kept here', async () => {
    const { folder, commit } = await makeProject({ environments: "{ dev: { architecture: 'arm64' } }" });
    const { code, docker, output } = await build(folder, []);
    expect(docker).toEqual([
      `buildx build --provenance=false --platform linux/arm64 --file Dockerfile --tag shop/api:${commit} --load . [BUILDKIT=]`,
    ]);
    expect(output).toContain(`built  shop/api:${commit}  (linux/arm64)`);
    expect(code).toBe(0);
  });

  test('without buildx: by the builder from before, whose images have no provenance, and pushed by itself', async () => {
    const { folder } = await makeProject();
    const { code, docker } = await build(folder, ['--tag', 'x', '--push', '--registry', registry], {
      programs: withoutBuildx,
    });
    expect(docker).toEqual([
      `build --platform linux/amd64 --file Dockerfile --tag ${registry}/shop/api:x . [BUILDKIT=0]`,
      `push ${registry}/shop/api:x [BUILDKIT=0]`,
    ]);
    expect(code).toBe(0);
  });

  test('without Docker: the files are written, and it says what to install and run', async () => {
    const { folder, commit } = await makeProject();
    const { code, output } = await build(folder, [], { programs: {} });
    expect(code).toBe(1);
    expect(output).toMatch(/there is no `docker` on this machine[\s\S]*Install Docker with buildx/);
    expect(output).toContain(
      `docker buildx build --provenance=false --platform linux/amd64 --file Dockerfile --tag shop/api:${commit}`,
    );
    expect(existsSync(join(folder, 'Dockerfile'))).toBe(true);
  });

  test('docker that fails is told, and so is how to sign in to the registry', async () => {
    const { folder } = await makeProject();
    const args = ['--push', '--tag', 'x', '--registry', registry];
    const { code, output } = await build(folder, args, {}, { DOCKER_EXIT_CODE: '17' });
    expect(output).toMatch(
      /docker ended with 17: there is no image of api[\s\S]*aws ecr get-login-password --region eu-central-1/,
    );
    expect([code, output.includes('put-parameter')]).toEqual([1, false]);
  });

  test('several services have an image each, files for nginx too; a named one alone', async () => {
    const { folder } = await makeProject({ compute: 'fargate', services: site });
    const all = await build(folder, ['--tag', 'x']);
    expect(all.docker.map((call) => /--file (\S+) --tag (\S+)/.exec(call)?.slice(1))).toEqual([
      ['Dockerfile.api', 'shop/api:x'],
      ['Dockerfile.site', 'shop/site:x'],
    ]);
    expect(read(folder, 'Dockerfile.site')).toContain('COPY site/public /usr/share/nginx/html\n');
    const one = await build(folder, ['site', '--tag', 'y']);
    expect(one.docker).toHaveLength(1);
    expect(await build(folder, ['sit'])).toMatchObject({
      code: 1,
      output: expect.stringContaining('Did you mean site?'),
    });
  });

  test('to try it here: the machine’s own platform, the tag `local`, and the line that runs it', async () => {
    const { folder } = await makeProject(
      { environments: "{ dev: { architecture: 'arm64' }, prod: {} }" },
      { '.env': '\n' },
    );
    const { code, docker, output } = await build(folder, ['--local']);
    expect(docker).toEqual([
      'buildx build --provenance=false --file Dockerfile --tag shop/api:local --load . [BUILDKIT=]',
    ]);
    expect(output).toContain(
      'docker run --rm -p 8000:8080 --env-file .env -e PUBLIC_URL=http://localhost:8000 -e KEELSON_ENVIRONMENT=local shop/api:local',
    );
    expect(code).toBe(0);
    expect((await build(folder, ['--local', '--push'])).code).toBe(2);
  });
});

describe('for which platform', () => {
  test('Express runs amd64 alone, whatever the other services run on', async () => {
    const environments = "{ dev: { architecture: 'x86_64' }, prod: { architecture: 'x86_64' } }";
    const { folder } = await makeProject({ compute: 'express', environments });
    expect((await build(folder, ['--tag', 'x'])).docker).toEqual([expect.stringContaining('--platform linux/amd64')]);
  });

  test('environments that differ: the question is put, and --env answers it', async () => {
    const { folder } = await makeProject({ environments: "{ dev: { architecture: 'arm64' }, prod: {} }" });
    const asked = await build(folder, ['--tag', 'x']);
    expect(asked).toMatchObject({ code: 1, docker: [] });
    expect(asked.output).toMatch(/dev runs arm64, prod runs x86_64[\s\S]*--env dev/);
    expect(readdirSync(folder)).not.toContain('Dockerfile');
    for (const [name, platform] of [
      ['dev', 'arm64'],
      ['prod', 'amd64'],
    ] as const) {
      const { docker } = await build(folder, ['--env', name, '--tag', name]);
      expect(docker).toEqual([expect.stringContaining(`--platform linux/${platform} `)]);
    }
    expect((await build(folder, ['--env', 'pord'])).output).toContain('Did you mean prod?');
  });
});

describe('by which name', () => {
  test('the tag is never `latest`, and always a tag', async () => {
    const { folder } = await makeProject();
    for (const tag of ['latest', '-x', 'a/b', 'a b', 'x'.repeat(129)]) {
      expect(await build(folder, [`--tag=${tag}`])).toMatchObject({ code: 2, docker: [] });
    }
  });

  test('what is not committed and gets into the image is told; what does not is not', async () => {
    const { folder } = await makeProject();
    await build(folder, ['--tag', 'x']);
    commitAll(folder);
    writeFileSync(join(folder, '.env'), 'A=1\n');
    expect((await build(folder, [])).output).not.toContain('not committed');
    writeFileSync(join(folder, 'src', 'new one.ts'), 'export {};\n');
    const { code, output } = await build(folder, []);
    expect(output).toContain('more than the commit it is tagged with; not committed: src/new one.ts\n');
    expect(code).toBe(0);
    expect((await build(folder, ['--tag', 'mine'])).output).not.toContain('not committed');
  });

  test('without a commit: a tag, or none', async () => {
    const { folder } = await makeProject();
    const nowhere = { GIT_DIR: join(folder, 'nothing') };
    const { code, output, docker } = await build(folder, [], {}, nowhere);
    expect(output).toMatch(/tagged with the commit it is made of, and there is none here[\s\S]*--tag <tag>/);
    expect([code, docker]).toEqual([1, []]);
    expect((await build(folder, ['--tag', 'x'], {}, nowhere)).code).toBe(0);
  });

  const terraform = (answer: string) =>
    `#!/bin/sh\n[ "$*" = '-chdir=infra/shared output -json' ] || exit 64\n${answer}\n`;

  test('pushed to the registry that infra/shared made; then says that it is the one to run', async () => {
    const { folder, commit } = await makeProject();
    const outputs = { api_repository_url: { value: `${registry}/shop/api` }, other: { value: ['a'] } };
    const programs = { ...withBuildx, terraform: terraform(`echo '${JSON.stringify(outputs)}'`) };
    const { code, docker, output } = await build(folder, ['--push', '--env', 'dev'], { programs });
    const image = `${registry}/shop/api:${commit}`;
    expect(docker).toEqual([expect.stringContaining(`--tag ${image} --push .`)]);
    expect(output).toContain(`pushed  ${image}`);
    expect(output).toContain(
      `aws ssm put-parameter --region eu-central-1 --name /shop/dev/api/image --type String --overwrite --value ${image}\n`,
    );
    expect(code).toBe(0);
    const tofu = await build(folder, ['--push'], { programs: { ...withBuildx, tofu: programs.terraform } });
    expect(tofu.code).toBe(0);
  });

  test.each([
    ['with buildx', withBuildx],
    ['without', withoutBuildx],
  ])(
    '%s, a tag that is in the registry already is neither built nor pushed, and goes to the environment',
    async (_, programs) => {
      const { folder } = await makeProject({ services: site, environments: '{ dev: {}, prod: {} }' });
      const args = ['--push', '--env', 'prod', '--tag', 'x', '--registry', registry];
      const there = { IN_REGISTRY: '/api:x', ARCHITECTURE: 'amd64' };
      const one = await build(folder, args, { programs }, there);
      expect(one.docker.filter((call) => call.includes('/api:x'))).toEqual([]);
      expect(one.docker.some((call) => call.includes('/site:x'))).toBe(true);
      expect(one.output).toMatch(
        /there {2}\S+\/shop\/api:x .*is in the registry already: neither built nor pushed again/,
      );
      expect(one.output).toContain(`pushed  ${registry}/shop/site:x`);
      expect(one.output).toContain(
        `--name /shop/prod/api/image --type String --overwrite --value ${registry}/shop/api:x`,
      );
      expect(one.code).toBe(0);

      const all = await build(folder, args, { programs }, { ...there, IN_REGISTRY: ':x' });
      expect([all.code, all.docker]).toEqual([0, []]);
      expect(all.output).toContain('--name /shop/prod/site/image');
    },
  );

  test('a tag that is in the registry for another platform is not taken for this one', async () => {
    const { folder } = await makeProject();
    const there = { IN_REGISTRY: ':x', ARCHITECTURE: 'arm64' };
    const { code, docker, output } = await build(folder, ['--push', '--tag', 'x', '--registry', registry], {}, there);
    expect(output).toMatch(/is in the registry already, for arm64, and amd64 is needed[\s\S]*--tag <tag>/);
    expect([code, docker, output.includes('put-parameter')]).toEqual([1, [], false]);
  });

  test.each([
    ['no Terraform', {}, /neither terraform nor tofu/],
    ['nothing applied', { terraform: terraform("echo '{}'") }, /no image repository for api/],
    [
      'Terraform that fails',
      { terraform: terraform('echo "│ Error: no credentials" >&2; exit 1') },
      /failed: Error: no credentials/,
    ],
  ])('%s: says so, before anything is written or built', async (_, programs, message) => {
    const { folder } = await makeProject();
    const { code, docker, output } = await build(folder, ['--push'], { programs: { ...withBuildx, ...programs } });
    expect(output).toMatch(message);
    expect(output).toContain('--registry');
    expect([code, docker, existsSync(join(folder, 'Dockerfile'))]).toEqual([1, [], false]);
  });

  test('a registry is a host and a path, as Docker takes them', async () => {
    const { folder } = await makeProject();
    const wrong = ['-x', 'X..Y', 'a-.example.com', 'x:port', 'x/Team', 'x/-team', 'x/a___b', 'x/team:1'];
    for (const text of [`https://${registry}`, ...wrong]) {
      const { code, docker, output } = await build(folder, ['--tag', 'x', `--registry=${text}`]);
      expect(output).toContain(`"${text}" is no registry.`);
      expect([code, docker]).toEqual([2, []]);
    }
    for (const text of [registry, 'REGISTRY:5000', 'localhost:5000/team', 'ghcr.io/some-team/a__b/c.d']) {
      const { docker } = await build(folder, ['--tag', 'x', '--registry', text]);
      expect(docker).toEqual([expect.stringContaining(`--tag ${text}/shop/api:x `)]);
    }
  });
});

describe('what would fail later', () => {
  test.each(['Dockerfile', '.dockerignore'])('a folder named %s: told with the way out', async (name) => {
    const { folder } = await makeProject();
    mkdirSync(join(folder, name));
    const { code, output, docker } = await build(folder, ['--tag', 'x']);
    expect(output).toMatch(new RegExp(`${name} is a folder[^]*Give the folder another name`));
    expect([code, docker]).toEqual([1, []]);
  });

  test('no lock file, and files that nginx could not read: told at once, nothing written', async () => {
    const { folder } = await makeProject({ compute: 'fargate', services: site });
    rmSync(join(folder, 'package-lock.json'));
    chmodSync(join(folder, 'site/public/index.html'), 0o600);
    const { code, output } = await build(folder, ['--tag', 'x']);
    expect(output).toMatch(
      /package-lock\.json: is missing[\s\S]*could not read site\/public\/index\.html[\s\S]*chmod -R a\+rX site/,
    );
    expect([code, existsSync(join(folder, 'Dockerfile.api'))]).toEqual([1, false]);
  });

  test('no lock file in a template of a clone: a project of one’s own is the way out', async () => {
    const template = fileURLToPath(new URL('../../../../templates/quick', import.meta.url));
    const { code, output } = await build(template, ['--tag', 'x']);
    expect(output).toContain("This is Keelson's own repository");
    expect(output).toContain('npx keelson new ../../../my-quick --template quick');
    expect(code).toBe(1);
  });

  test('a .dockerignore of one’s own that lets secrets through is noted', async () => {
    const { folder } = await makeProject({}, { '.dockerignore': 'node_modules\n', '.env': 'A=1\n' });
    const { code, output } = await build(folder, ['--tag', 'x']);
    expect(output).toContain('.dockerignore lets .env and .git into the build');
    expect(code).toBe(0);
  });
});
