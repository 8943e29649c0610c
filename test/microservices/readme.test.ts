import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { AppProcess } from '../support/app-process.ts';
import { call } from '../support/http.ts';
import { mustRun, plainEnv } from '../support/run.ts';
import { copyTemplate, keelsonBin, startDev } from '../support/template.ts';

// What the template's README promises, of `npm start` and of what `keelson synth` writes.

const template = copyTemplate('microservices');
const readme = readFileSync(join(template.folder, 'README.md'), 'utf8');
const commands = [...readme.matchAll(/^ *```sh\n([\s\S]*?)^ *```$/gm)].map(([, text = '']) => text).join('\n');
let app: AppProcess;

beforeAll(async () => {
  await mustRun(process.execPath, [keelsonBin, 'synth'], { cwd: template.folder, env: plainEnv() });
  app = await startDev(template.folder);
});
afterAll(async () => {
  await app?.stop();
  template.remove();
});

const files = (folder: string) =>
  readdirSync(join(template.folder, folder)).map((name) => readFileSync(join(template.folder, folder, name), 'utf8'));

interface Workflow {
  readonly on: { readonly workflow_dispatch?: { readonly inputs: Record<string, { readonly options?: string[] }> } };
}

test('the page is at the printed address, the backend there under /api/ and at an address of its own', async () => {
  expect((await call(`${app.url}/`)).body).toContain('<title>Backend</title>');
  const own = /^ {2}backend +(http:\/\/localhost:\d+)/m.exec(app.output())?.[1] ?? '';
  expect(own).not.toBe(app.url);
  const answers = await Promise.all([`${app.url}/api/`, `${own}/api/`].map((url) => call(url)));
  for (const answer of answers) expect(answer.json()).toMatchObject({ status: 'active' });
  expect((await call(`${own}/docs`)).status).toBeLessThan(400);
});

test('every workflow that it starts has the inputs that it gives', () => {
  const runs = [...commands.matchAll(/gh workflow run (\S+)(.*)$/gm)];
  expect(runs.map(([, file]) => file)).toEqual(['terraform-manual.yml', 'terraform-manual.yml', 'deploy.yml']);
  for (const [line, file = '', rest = ''] of runs) {
    const text = readFileSync(join(template.folder, '.github/workflows', file), 'utf8');
    const { inputs = {} } = (parse(text) as Workflow).on.workflow_dispatch ?? {};
    const given = [...rest.matchAll(/-f (\w+)=(\S+)/g)];
    expect(given.length, line).toBeGreaterThan(1);
    for (const [, name = '', value = ''] of given) {
      expect(Object.keys(inputs), line).toContain(name);
      const { options = [value] } = inputs[name] ?? {};
      expect(options, line).toContain(value);
    }
  }
});

test('workflows, roles, outputs and log groups have the names that it says', () => {
  for (const name of readme.match(/[a-z-]+\.yml(?=`)/g) ?? []) {
    if (name !== 'docker-compose.yml') expect(readdirSync(join(template.folder, '.github/workflows'))).toContain(name);
  }
  const dev = files('infra/dev').join('\n');
  const all = [dev, files('infra/shared').join('\n')].join('\n');
  for (const [, role = ''] of readme.matchAll(/`(microservices-[a-z<>-]+-role)`/g)) {
    expect(all, role).toContain(`name        = "${role.replace('<env>', 'dev')}"`);
  }
  const [outputs = ''] = readme.split('| output')[1]?.split('\n\n') ?? [];
  for (const [, name = ''] of outputs.matchAll(/`([a-z_]+)`/g)) expect(all, name).toContain(`output "${name}" {`);
  for (const [, name = ''] of commands.matchAll(/output -raw (\w+)/g))
    expect(all, name).toContain(`output "${name}" {`);
  expect(dev).toContain('"/microservices/dev/backend"');
  expect(readme).toContain('aws logs tail --follow /microservices/dev/backend');
  expect(files('.github/workflows').join('\n')).toContain('Say why AWS refused');
});

test('what it says of cost adds up', () => {
  const table = readme.slice(readme.indexOf('## What it costs'), readme.indexOf('**The way out.**'));
  const rows = table.split('\n').filter((line) => line.startsWith('|'));
  for (const column of [2, 3]) {
    const amounts = rows
      .flatMap((row) => /\$([0-9.]+)[* ]*$/.exec(row.split('|')[column] ?? '')?.[1] ?? [])
      .map(Number);
    const total = amounts.pop() ?? 0;
    expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBeCloseTo(total, 2);
    expect(amounts).toHaveLength(4);
  }
});
