import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppProcess, startCommand } from '../support/app-process.ts';
import { mustRun, plainEnv } from '../support/run.ts';
import { showsFolder } from '../support/shows.ts';
import { copyTemplate } from '../support/template.ts';

// What the template's README says under "Try it", typed as it is there; only the port is another.

const readme = readFileSync(join(showsFolder, 'README.md'), 'utf8');
const [section = ''] = readme.split('## Try it')[1]?.split(/^## /m) ?? [];
const [flow = '', byHand = ''] = [...section.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map((match) => match[1]);

const template = copyTemplate('shows');
let app: AppProcess;

beforeAll(async () => {
  const args = ['start', '--', '--port', '0', '--console-port', '0'];
  app = await startCommand('npm', args, { cwd: template.folder });
});
afterAll(async () => {
  await app?.stop();
  template.remove();
});

/** As a person with bash and curl; without them, the same requests are in the other tests of this folder. */
const canType = ['bash', 'curl'].every((name) => spawnSync(name, ['--version']).status === 0);

const type = (commands: string, env: NodeJS.ProcessEnv = {}) =>
  mustRun(
    'bash',
    ['-e', '-c', commands.replaceAll('http://localhost:8080', app.url).replaceAll('curl ', 'curl -sS ')],
    {
      cwd: template.folder,
      env: plainEnv(env),
    },
  );

test('the commands of the README answer what it says', async () => {
  expect(flow).toContain('npx keelson token');
  const answers = [...section.matchAll(/`(\{"(?:message|response)"[^`]*)`/g)].map((match) => match[1]);
  expect(answers).toHaveLength(2);
  if (canType) expect(await type(flow)).toBe(answers.join(''));
});

test('a token asked for by hand, with the id and the secret of the client, is one too', async () => {
  const file = join(template.folder, '.keelson/tokens/tokens.running.json');
  const { clients } = JSON.parse(readFileSync(file, 'utf8')) as { clients: { id: string; secret: string }[] };
  expect(byHand).toContain('/oauth/token');
  if (!canType) return;
  const answer = await type(byHand, { CLIENT_ID: clients[0]?.id, CLIENT_SECRET: clients[0]?.secret });
  expect(JSON.parse(answer)).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
  const refused = await type(byHand, { CLIENT_ID: clients[0]?.id, CLIENT_SECRET: 'wrong' });
  expect(refused).toBe('{"error":"invalid_client"}');
});
