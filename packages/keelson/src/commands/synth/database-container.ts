import type { App } from '@keelson/contract';
import type { Io } from '../../io.ts';
import { style } from '../../style.ts';

/**
 * Says where data would be kept by one container, each time: it is to be read before anything is applied, in whichever
 * environment.
 * @param only the only environment asked for
 */
export function noteDatabaseContainer(
  io: Io,
  { resources = {}, environments = {} }: App,
  only: string | undefined,
): void {
  if (!Object.values(resources).some(({ kind }) => kind === 'postgres')) return;
  const names = Object.entries(environments).flatMap(([name, { database }]) =>
    database?.engine === 'container' && (only === undefined || only === name) ? [name] : [],
  );
  if (names.length === 0) return;
  const { yellow } = style(io.stdout, io.env);
  io.stdout.write(
    `\n${yellow('note')} The database of ${names.join(', ')} is one container: nothing takes over when it fails, and there is no backup but yours.\n` +
      "     For data that you would miss, write `database: { engine: 'aurora' }`, or leave it out.\n",
  );
}
