import type { LocalApp } from './app.ts';
import { localKind } from './kinds.ts';
import { isBelow } from './services/files.ts';
import type { LocalService } from './services/index.ts';
import { type SourceWatch, watchSources } from './services/watch.ts';

/** Starts services again when a file of the app is saved, and says how long it took from the save to serving. */
export function restartOnSave({ app, root, services }: LocalApp, log: (line: string) => void): Promise<SourceWatch> {
  return watchSources({
    root,
    source: (files, since) => {
      for (const resource of Object.values(app.resources ?? {})) {
        for (const file of files) {
          const note = localKind(resource.kind).saved?.(resource, file);
          if (note) log(note);
        }
      }
      for (const service of services) {
        const read = files.filter((file) => service.reads(file) || bringsBack(service, file));
        if (read.length > 0) void restart(service, read, since, log);
      }
    },
    trouble: log,
    config: (file) => log(`${file} has changed: start \`npx keelson dev\` again to use it`),
  });
}

/** A folder whose server is gone serves no saved file, and is said to come back with the next one. */
function bringsBack({ isProgram, source, supervisor }: LocalService, file: string): boolean {
  return !isProgram && supervisor.state.status === 'crashed' && isBelow(source, file);
}

async function restart(
  { name, supervisor }: LocalService,
  files: readonly string[],
  since: number,
  log: (line: string) => void,
) {
  const run = supervisor.start();
  const mine = supervisor.run;
  const state = await run;
  if (state.status !== 'ready' || supervisor.run !== mine) return;
  log(`${name} restarted in ${Math.round(performance.now() - since)} ms (${listed(files)})`);
}

function listed([first = '', ...more]: readonly string[]): string {
  return more.length === 0 ? first : `${first} and ${more.length} more`;
}
