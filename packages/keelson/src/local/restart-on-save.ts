import type { LocalApp } from './app.ts';
import { localKind } from './kinds.ts';
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
        const read = files.filter((file) => service.reads(file));
        if (read.length > 0) void restart(service, read, since, log);
      }
    },
    config: (file) => log(`${file} has changed: start \`npx keelson dev\` again to use it`),
  });
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
