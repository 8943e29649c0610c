import { join } from 'node:path';
import type { App } from '@keelson/contract';
import { readEnvironment } from '../../config/environment.ts';
import { type LoadedApp, loadApp } from '../../config/load.ts';
import type { Io } from '../../io.ts';
import type { LocalMachine } from '../../local/part.ts';
import { askForToken, shortScope, type TokenAnswer } from '../../local/tokens/ask.ts';
import { identifierOf } from '../../local/tokens/resource.ts';
import { findRunning, type RunningTokens } from '../../local/tokens/running.ts';
import { UserError } from '../../user-error.ts';
import { Choices } from './choices.ts';
import { choose } from './choose.ts';

export interface TokenWish {
  readonly client: string | undefined;
  readonly resource: string | undefined;
  /** Short, or as the provider writes them; none: all that the machine may have. */
  readonly scopes: readonly string[];
}

/** @throws UserError when no provider runs here, or it knows no such machine or scope */
export async function localToken(io: Io, wish: TokenWish): Promise<TokenAnswer> {
  const loaded = await loadApp(io.cwd);
  const resource = choose('resource', tokensOf(loaded.app), wish.resource, noTokens);
  const tokens = await runningProvider(loaded, resource, io);
  const { machine, scopes } = chosen(tokens, wish, resourceOf(loaded.app, resource));
  try {
    return await askForToken(tokens, machine, scopes);
  } catch (error) {
    if (isUnreachable(error)) throw notRunning();
    throw new UserError(
      `\`${resource}\` gives no token. ${(error as Error).message}`,
      'The terminal of `npx keelson dev` may say more.',
    );
  }
}

const noTokens = 'The app has no resource of the kind `tokens`.';

function tokensOf({ resources = {} }: App): string[] {
  return Object.entries(resources).flatMap(([name, { kind }]) => (kind === 'tokens' ? [name] : []));
}

async function runningProvider({ root }: LoadedApp, resource: string, io: Io): Promise<RunningTokens> {
  const running = await findRunning(join(root, '.keelson'), resource);
  if (running) return running;
  const { env } = readEnvironment(root, io.env);
  if (!env['TOKEN_ISSUER']) throw notRunning();
  throw new UserError(
    `Tokens of \`${resource}\` come from ${env['TOKEN_ISSUER']}, which is your own provider: its secrets are not here.`,
    'Ask it for a token with your client id and secret, or unset TOKEN_ISSUER to use the local one.',
  );
}

function notRunning(): UserError {
  return new UserError('No provider of tokens runs for this app.', 'Start it in another terminal: npx keelson dev');
}

interface Known {
  readonly name: string;
  /** Short names of all scopes that the resource has. */
  readonly all: readonly string[];
  readonly identifier: string;
}

function resourceOf(app: App, name: string): Known {
  const resource = app.resources?.[name];
  if (resource?.kind !== 'tokens') throw new TypeError(`\`${name}\` gives no tokens`);
  return { name, all: Object.keys(resource.scopes), identifier: identifierOf(resource, app) };
}

function chosen({ clients }: RunningTokens, { client, scopes: wanted }: TokenWish, known: Known) {
  const choices = new Choices();
  const machine = choices.make(() => machineNamed(clients, client, known));
  const scopes = [...new Set(wanted)].map((scope) => choices.make(() => scopeOf(machine, scope, known)));
  choices.check('There is no such token:');
  return { machine: machine as LocalMachine, scopes: scopes as string[] };
}

function machineNamed(clients: readonly LocalMachine[], wanted: string | undefined, { name: resource }: Known) {
  const names = clients.map(({ name }) => name);
  const name = choose('client', names, wanted, `\`${resource}\` has no clients.`);
  return clients.find((client) => client.name === name);
}

/**
 * As `keelson.config.ts` has it, or with the identifier before it; `other/shows.read` is another API's.
 * @param machine without one: whether there is such a scope at all
 */
function scopeOf(
  machine: LocalMachine | undefined,
  wanted: string,
  { name: resource, all, identifier }: Known,
): string {
  const short = wanted.startsWith(`${identifier}/`) ? wanted.slice(identifier.length + 1) : wanted;
  if (!machine) return all.includes(short) ? short : choose('scope', all, wanted, `\`${resource}\` has no scopes.`);
  const { name, scopes } = machine;
  const full = scopes.find((scope) => shortScope(scope) === short);
  if (full !== undefined) return full;
  if (all.includes(short)) {
    throw new UserError(
      `\`${name}\` may not have \`${short}\`: see \`clients\` in keelson.config.ts.`,
      scopes.length > 0 ? `It may have: ${scopes.map(shortScope).join(', ')}.` : '',
    );
  }
  const chosen = choose('scope', scopes.map(shortScope), wanted, `\`${name}\` may have no scopes.`);
  return scopes.find((scope) => shortScope(scope) === chosen) as string;
}

/** `fetch` fails with a TypeError when nobody answers, and with a DOMException when nobody does in time. */
function isUnreachable(error: unknown): boolean {
  return error instanceof TypeError || error instanceof DOMException;
}
