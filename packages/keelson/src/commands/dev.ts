import { helpText, portFlag, readArguments, type Usage } from '../arguments.ts';
import type { Io } from '../io.ts';

const usage: Usage = {
  name: 'dev',
  summary: 'Runs the app and everything it needs on this machine; restarts a service when its source changes.',
  flags: {
    port: {
      value: 'port',
      summary:
        'Port of the first service, or of the one whose address others share; must be free. Default: the one in keelson.config.ts, or the next free one',
    },
    'console-port': { value: 'port', summary: 'Port of the console. Default: 9000, or the next free one' },
    fresh: { summary: 'Empty .keelson first: data, people who are signed in, keys' },
    'no-console': { summary: 'Do without the console' },
  },
};

export async function run(args: readonly string[], io: Io): Promise<number> {
  const parsed = readArguments(usage, args);
  if (parsed.help) {
    io.stdout.write(helpText(usage));
    return 0;
  }
  const { dev } = await import('../local/dev.ts');
  return dev(
    {
      port: portFlag(parsed, 'port'),
      consolePort: parsed.flags['no-console'] ? undefined : (portFlag(parsed, 'console-port') ?? 9000),
      consoleFixed: parsed.flags['console-port'] !== undefined,
      fresh: parsed.flags['fresh'] === true,
    },
    io,
  );
}
