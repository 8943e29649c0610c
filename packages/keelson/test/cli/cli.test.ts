import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { cleanUp, keelson, makeFolder, makeHello } from '../dev/harness.ts';

afterEach(cleanUp);

async function result(cwd: string, ...args: string[]) {
  const run = keelson(cwd, args);
  return { code: await run.ended, output: run.output() };
}

describe('keelson', () => {
  it('lists its commands, one line each', async () => {
    const { code, output } = await result(await makeFolder(), '--help');
    expect(code).toBe(0);
    expect(output).toMatch(/^ {2}dev +\S.*\n {2}migrate +\S.*\n {2}new +\S/m);
    expect(output).not.toContain('\u001b[');
  });

  it('prints its version', async () => {
    const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    const { output } = await result(await makeFolder(), '--version');
    expect(output.trim()).toBe((JSON.parse(manifest) as { version: string }).version);
  });

  it.each([
    [['dve'], 'There is no command `dve`.', 'Did you mean `npx keelson dev`?'],
    [['--hepl'], 'keelson has no flag --hepl.', 'See: npx keelson --help'],
    [['dev', '--prot', '8080'], 'keelson dev has no flag --prot.', 'Did you mean --port?'],
    [['dev', '--port'], '--port needs a value.', '--port <port>'],
    [['dev', '--port', '80a'], '--port must be a port, but is "80a".', '--port 8080'],
    [['dev', '--port', '80800'], '--port must be a port, but is "80800".', 'Write a number up to 65535'],
    [['dev', '--fresh=yes'], '--fresh takes no value.', 'Write --fresh.'],
    [['dev', 'now'], 'keelson dev does not take "now".', 'npx keelson dev --help'],
    [['new'], 'keelson new needs a folder.', 'keelson new my-app'],
  ])('answers %j with the reason and the way out, exit code 2', async (args, reason, hint) => {
    const { code, output } = await result(await makeHello(), ...args);
    expect(output).toContain(reason);
    expect(output).toContain(hint);
    expect(output).not.toMatch(/^\s+at /m);
    expect(code).toBe(2);
  });

  it('shows the flags of a command', async () => {
    const { code, output } = await result(await makeFolder(), 'dev', '--help');
    expect(code).toBe(0);
    for (const flag of ['--port <port>', '--console-port <port>', '--fresh', '--help']) expect(output).toContain(flag);
  });

  it.each([
    ['new', 'npx keelson new <folder> [flags]'],
    ['build', 'npx keelson build [service] [flags]'],
    ['state', 'npx keelson state bootstrap [flags]'],
    ['dev', 'npx keelson dev [flags]'],
  ])('says what %s must be given, and what it may be given', async (command, form) => {
    const { output } = await result(await makeFolder(), command, '--help');
    expect(output).toContain(`Usage: ${form}\n`);
  });

  it('names the folder of the app in a folder below it', async () => {
    const app = await makeHello({ 'src/routes/hello.ts': '' });
    const { code, output } = await result(join(app, 'src/routes'), 'dev');
    expect(code).toBe(1);
    expect(output).toContain(`There is no keelson.config.ts in ${join(app, 'src/routes')}.`);
    expect(output).toContain(`There is one in ${app}: run this there.`);
    expect(existsSync(join(app, '.keelson'))).toBe(false);
  });

  it('says what to do in a folder without an app', async () => {
    const folder = await makeFolder();
    const { code, output } = await result(folder, 'dev');
    expect(code).toBe(1);
    expect(output).toContain('There is no keelson.config.ts');
    expect(output).toContain('npx keelson new my-app');
    expect(existsSync(join(folder, '.keelson'))).toBe(false);
  });
});
