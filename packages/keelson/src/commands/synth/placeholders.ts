import type { App } from '@keelson/contract';
import type { Io } from '../../io.ts';
import { style } from '../../style.ts';

/** Says what still is the template's example: it fits every rule, so nothing else notices. */
export function notePlaceholders(io: Io, { delivery }: App): void {
  const { repository = '', github } = delivery ?? {};
  const { yellow } = style(io.stdout, io.env);
  const note = (text: string) => io.stdout.write(`\n${yellow('note')} ${text}\n`);
  if (repository.startsWith('https://github.com/acme/')) {
    note(`delivery.repository is ${repository}, the template's example. Write the address of your own.`);
  }
  if (github?.ownerId === '1' && github.repositoryId === '1') {
    const asked = repository.replace('https://github.com/', 'https://api.github.com/repos/');
    note(`delivery.github has the template's example of ids. ${asked} tells those of your repository.`);
  }
}
