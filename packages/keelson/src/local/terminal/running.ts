import type { Io } from '../../io.ts';
import { style } from '../../style.ts';
import type { Console } from '../../console/index.ts';
import type { LocalApp } from '../app.ts';
import type { Gateway } from '../gateway/index.ts';
import type { LocalPart } from '../part.ts';
import { hasHiddenDocs, ownDocs } from '../services/docs.ts';
import type { LocalService } from '../services/index.ts';
import { shortScope } from '../tokens/ask.ts';

/** Prints what runs where, who can sign in, and how to get tokens. */
export function printRunning(app: LocalApp, console: Console | undefined, io: Io): void {
  const { bold, dim, yellow } = style(io.stdout, io.env);
  const rows = [
    ...frontFirst(app.services).map((service) => [service.name, service.url, about(service)]),
    ...app.services.flatMap((service) => docsRow(app, service, console)),
    ...[...app.parts].map(([name, part]) => [name || 'sessions', part.address, part.title]),
    ...(console ? [['console', console.url, console.about]] : []),
  ];
  const people = [...app.parts.values()].flatMap((part) => part.people ?? []);
  const lines = [
    `${bold(app.app.name)} ${dim('on this machine')}`,
    '',
    ...aligned(rows).map(([name = '', address = '', title = '']) => `  ${bold(name)}  ${address}  ${dim(title)}`),
    ...app.services.flatMap((service) => moved(service.name, service.gateway).map(yellow)),
    ...[...app.parts].flatMap(([name, part]) => movedPart(app, name, part).map(yellow)),
    ...(console ? moved('the console', console).map(yellow) : []),
    ...(people.length > 0 ? ['', dim('  Sign in as')] : []),
    ...aligned(people.map(({ name, email, note }) => [name, email, note])).map(
      ([name = '', email = '', note = '']) => `  ${name}  ${email}  ${dim(note)}`,
    ),
  ];
  const machines = tokenHints(app);
  if (machines.length > 0) lines.push('', dim('  Get a token'), ...machines);
  io.stdout.write(`\n${lines.map((line) => line.trimEnd()).join('\n')}\n\n`);
}

/** A command for each machine; what it prints can be used at once. */
function tokenHints({ parts }: LocalApp): string[] {
  const providers = [...parts].filter(([, part]) => part.tokens);
  return providers.flatMap(([resource, part]) =>
    (part.tokens?.clients ?? []).map(({ name, scopes }) => {
      const scope = scopes[0] === undefined ? '' : ` --scope ${shortScope(scopes[0])}`;
      return `  npx keelson token --client ${name}${scope}${providers.length > 1 ? ` --resource ${resource}` : ''}`;
    }),
  );
}

function frontFirst(services: readonly LocalService[]): LocalService[] {
  return services.toSorted((one, other) => Number(other.isFront) - Number(one.isFront));
}

/** `backend/main.ts, also at /api/*`: at the address that is told first. */
function about(service: LocalService): string {
  const { source, server, paths } = service;
  const by = server === undefined ? '' : `, by ${server}`;
  return `${source}${by}${paths.length > 0 ? `, also at ${paths.join(', ')}` : ''}${notServing(service)}`;
}

function docsRow({ app }: LocalApp, service: LocalService, console: Console | undefined): string[][] {
  const direct = hasHiddenDocs(app, service) ? ownDocs(service) : undefined;
  if (!direct) return [];
  const address = console ? `${console.url}/services/${service.name}/docs` : direct;
  return [[`docs of ${service.name}`, address, 'at the service itself: its routes do not pass /docs']];
}

function notServing({ supervisor }: LocalService): string {
  if (supervisor.state.status === 'crashed') return ' (crashed; see below)';
  return supervisor.state.status === 'starting' ? ' (still starting)' : '';
}

function moved(name: string, { port, movedFrom }: Pick<Gateway, 'port' | 'movedFrom'>): string[] {
  return movedFrom === undefined ? [] : [`  ${movedFrom} is in use by another program; ${name} uses ${port}`];
}

/** Once for parts that share an address, and not when the port is another's of the app. */
function movedPart({ parts, services }: LocalApp, name: string, { address, movedFrom }: LocalPart): string[] {
  const all = [...parts];
  const isTold = all.find(([, part]) => part.address === address)?.[0] !== name;
  const isOurs =
    all.some(([, part]) => portOf(part) === movedFrom) || services.some(({ gateway }) => gateway.port === movedFrom);
  if (isTold || isOurs) return [];
  return moved(name || 'sessions', { port: portOf({ address }), ...(movedFrom !== undefined && { movedFrom }) });
}

function portOf({ address }: Pick<LocalPart, 'address'>): number {
  return URL.canParse(address) ? Number(new URL(address).port) : 0;
}

/** One long cell does not push a whole column to the right. */
const widest = 40;

function aligned(rows: readonly (readonly string[])[]): string[][] {
  const widths = [0, 1, 2].map((column) =>
    Math.min(widest, Math.max(0, ...rows.map((row) => row[column]?.length ?? 0))),
  );
  return rows.map((row) => row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell)));
}
