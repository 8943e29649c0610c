import type { App } from '@keelson/contract';
import type { Io } from '../../io.ts';
import { style } from '../../style.ts';

/** Says what still is the template's example: it fits every rule, so nothing else notices. */
export function notePlaceholders(io: Io, { delivery }: App): void {
  const { repository = '' } = delivery ?? {};
  if (!repository.startsWith('https://github.com/acme/')) return;
  const { yellow } = style(io.stdout, io.env);
  io.stdout.write(
    `\n${yellow('note')} delivery.repository is ${repository}, the template's example. Write the address of your own.\n`,
  );
}
