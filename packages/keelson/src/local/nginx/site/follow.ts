import type { IncomingMessage } from 'node:http';
import { type Answer, type Outcome, plainPage, typeOf } from './answer.ts';
import { findFile, forget } from './files.ts';
import type { Asked } from './request.ts';
import { variablesOf } from './request.ts';
import type { ErrorPage, Location, Return } from './settings.ts';
import { expand } from './variables.ts';
import { encodeUri } from './uri.ts';

/** nginx's own limit of internal redirects. */
const mostRedirects = 10;

/** Leads a request through the rules to its answer: locations, files, error pages. */
export async function follow(asked: Asked): Promise<Answer> {
  const refused = refusal(asked.incoming);
  let outcome: Outcome = refused ? { error: refused } : (serverReturn(asked) ?? (await throughLocation(asked)));
  for (;;) {
    if ('answer' in outcome) return { ...outcome.answer, status: asked.errorStatus ?? outcome.answer.status };
    if ('goTo' in outcome) {
      asked.redirects++;
      asked.uri = outcome.goTo;
      outcome = asked.redirects > mostRedirects ? { error: 500 } : await throughLocation(asked);
    } else {
      outcome = failed(asked, outcome.error);
    }
  }
}

/** What nginx refuses before it looks at the rules: a missing or second host, what is no host, a method of proxies. */
function refusal({ method, httpVersion, headersDistinct }: IncomingMessage): number | undefined {
  const [host, ...others] = headersDistinct['host'] ?? [];
  if (others.length > 0 || (host === undefined && httpVersion === '1.1')) return 400;
  if (host !== undefined && !isHost(host)) return 400;
  return method === 'TRACE' ? 405 : undefined;
}

/** What is left before the port and a last dot is a name; nginx looks no closer. */
function isHost(text: string): boolean {
  return !/[\s/]|\.\./.test(text) && text.replace(/:.*$/, '').replace(/\.$/, '') !== '';
}

function serverReturn(asked: Asked): Outcome | undefined {
  const { return: wanted } = asked.rules.settings;
  return wanted && returned(asked, wanted);
}

async function throughLocation(asked: Asked): Promise<Outcome> {
  const location = chooseLocation(asked.rules.locations, asked.uri);
  asked.settings = location?.settings ?? asked.rules.settings;
  asked.groups = location?.match(asked.uri) ?? {};
  const { internal, denied, tryFiles } = asked.settings;
  const isFromOutside = asked.redirects === 0 && !asked.inErrorPage;
  if (location && internal && isFromOutside) return { error: 404 };
  if (location?.settings.return) return returned(asked, location.settings.return);
  if (denied) return { error: 403 };
  const tried = location && tryFiles ? await tryInTurn(asked, tryFiles) : undefined;
  return tried ?? content(asked);
}

/** An exact path, then the longest prefix when it is a strong one, then patterns in their order, then that prefix. */
function chooseLocation(locations: readonly Location[], uri: string): Location | undefined {
  const fits = (kind: Location['kind']) => locations.filter((each) => each.kind === kind && each.match(uri));
  const [exact] = fits('exact');
  const [longest] = [...fits('prefix'), ...fits('strong prefix')].toSorted(
    (one, other) => other.path.length - one.path.length,
  );
  if (exact) return exact;
  if (longest?.kind === 'strong prefix') return longest;
  return fits('pattern')[0] ?? longest;
}

/** An answer without a file. */
function returned(asked: Asked, { status, text }: Return): Outcome {
  const known = variablesOf(asked, status, undefined);
  const expanded = text === undefined ? undefined : expand(text, known);
  if (isRedirect(status)) {
    if (expanded === undefined) return { error: status };
    const location = expanded.startsWith('/') && asked.settings.absoluteRedirect ? absolute(asked, expanded) : expanded;
    return { answer: { status, type: 'text/html', headers: { location }, body: plainPage(status) } };
  }
  if (expanded === undefined && status >= 300) return { error: status };
  const { types, defaultType } = asked.settings;
  const body = status === 204 ? undefined : Buffer.from(expanded ?? '');
  const type = body === undefined || body.length === 0 ? undefined : typeOf(asked.uri, types, defaultType);
  return { answer: { status, type, headers: {}, body } };
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/** The first file that is there; the last word is where to go when none is. */
async function tryInTurn(asked: Asked, names: readonly string[]): Promise<Outcome | undefined> {
  const known = variablesOf(asked, 200, undefined);
  const last = names.at(-1) ?? '';
  for (const name of names.slice(0, -1)) {
    // What the configuration writes decides which of both is looked for, not what the client sent.
    const wantsFolder = name.endsWith('/');
    const uri = expand(wantsFolder ? name.slice(0, -1) : name, known);
    const found = await findFile(asked.settings.root, uri);
    await forget(found);
    if (!(wantsFolder ? 'isFolder' in found : 'file' in found)) continue;
    asked.uri = uri;
    return undefined;
  }
  if (last.startsWith('=')) return { error: Number(last.slice(1)) };
  if (last.startsWith('@')) return named(asked, last);
  return { goTo: expand(last, known).split('?')[0] ?? '/' };
}

async function named(asked: Asked, name: string): Promise<Outcome> {
  const location = asked.rules.locations.find(({ kind, path }) => kind === 'named' && path === name);
  if (!location) return { error: 500 };
  asked.settings = location.settings;
  if (location.settings.return) return returned(asked, location.settings.return);
  return location.settings.denied ? { error: 403 } : content(asked);
}

/** A file, the first page of a folder, or the way to it. */
async function content(asked: Asked): Promise<Outcome> {
  const { method, uri, args, settings } = asked;
  const reads = method === 'GET' || method === 'HEAD';
  if (!reads && method !== 'POST') return { error: 405 };
  if (uri.endsWith('/')) return firstPage(asked);
  const found = await findFile(settings.root, uri);
  if ('status' in found) return { error: found.status };
  if ('isFolder' in found) {
    const path = `${encodeUri(uri)}/${args === undefined || args === '' ? '' : `?${args}`}`;
    const location = settings.absoluteRedirect ? absolute(asked, path) : path;
    return { answer: { status: 301, type: 'text/html', headers: { location }, body: plainPage(301) } };
  }
  if (!reads) {
    await forget(found);
    return { error: 405 };
  }
  const { file } = found;
  const tag = `"${file.modified.toString(16)}-${file.size.toString(16)}"`;
  const headers = {
    'last-modified': new Date(file.modified * 1000).toUTCString(),
    ...(settings.etag && { etag: tag }),
  };
  return { answer: { status: 200, type: typeOf(uri, settings.types, settings.defaultType), headers, body: file } };
}

async function firstPage({ settings, uri }: Asked): Promise<Outcome> {
  for (const name of settings.index) {
    const found = await findFile(settings.root, uri + name);
    await forget(found);
    if ('file' in found) return { goTo: uri + name };
    if ('status' in found && found.status === 403) return { error: 403 };
  }
  const folder = await findFile(settings.root, uri);
  await forget(folder);
  return { error: 'isFolder' in folder ? 403 : 404 };
}

/** The page of the configuration for an error, or nginx's own. An error of a page has none. */
function failed(asked: Asked, status: number): Outcome {
  const page = asked.inErrorPage ? undefined : asked.settings.errorPages.find(({ codes }) => codes.includes(status));
  asked.errorStatus = page?.status === 0 ? undefined : (page?.status ?? status);
  if (page) return toErrorPage(asked, page);
  return { answer: { status, type: 'text/html', headers: {}, body: plainPage(status) } };
}

function toErrorPage(asked: Asked, { uri }: ErrorPage): Outcome {
  asked.inErrorPage = true;
  if (asked.method !== 'HEAD') asked.method = 'GET';
  return { goTo: uri };
}

function absolute({ incoming }: Asked, path: string): string {
  const { localPort } = incoming.socket;
  const host = (incoming.headers.host ?? 'localhost').replace(/:\d*$/, '');
  return `http://${host}:${localPort}${path}`;
}
