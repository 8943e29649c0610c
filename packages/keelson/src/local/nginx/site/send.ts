import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Answer, isFile, plainPage } from './answer.ts';
import { addedHeaders, conditional, contentType, type HeaderList } from './headers.ts';
import { rangeOf } from './ranges.ts';
import type { Asked } from './request.ts';

/** Writes an answer: what the client has already, what the configuration adds, compression, parts. */
export async function send(asked: Asked, found: Answer, response: ServerResponse): Promise<void> {
  try {
    const checked = conditional(asked, found);
    const answer = checked === 412 ? ownPage(412) : checked;
    if (answer.status === 304)
      return finish(response, 304, [...ownHeaders(answer), ...addedHeaders(asked, answer, Date.now())]);
    await sendBody(asked, answer, response);
  } finally {
    if (isFile(found.body)) await found.body.handle.close();
  }
}

async function sendBody(asked: Asked, answer: Answer, response: ServerResponse): Promise<void> {
  const { method, incoming, settings } = asked;
  const isHead = method === 'HEAD';
  const size = isFile(answer.body) ? answer.body.size : (answer.body?.length ?? 0);
  const mayZip = canZip(asked, answer, size);
  const isZipped = mayZip && wantsZip(asked);
  const vary: HeaderList = mayZip && settings.gzipVary ? [['Vary', 'Accept-Encoding']] : [];
  const added = [...addedHeaders(asked, answer, Date.now()), ...vary];
  if (isZipped) {
    finish(
      response,
      answer.status,
      [...zippedHeaders(answer), ...typeHeader(asked, answer), ['Content-Encoding', 'gzip'], ...added],
      false,
    );
    if (isHead) return void response.end();
    return pipeline(bodyOf(answer), createGzip({ level: settings.gzipLevel }), response).catch(() => {});
  }
  const isRanged = isFile(answer.body) && answer.status === 200;
  const range = isRanged
    ? rangeOf(incoming.headers, size, answer.headers['etag'], answer.headers['last-modified'])
    : undefined;
  if (range === 'none') {
    const page = plainPage(416);
    const type = contentType(asked, { ...answer, type: 'text/html' });
    const headers: HeaderList = [
      ['Content-Range', `bytes */${size}`],
      ['Content-Type', type ?? ''],
      ['Content-Length', String(page.length)],
    ];
    finish(response, 416, [...headers, ...addedHeaders(asked, { ...answer, status: 416 }, Date.now())], false);
    return void response.end(isHead ? undefined : page);
  }
  const part = range ?? { start: 0, end: size - 1 };
  const length: HeaderList = answer.status === 204 ? [] : [['Content-Length', String(part.end - part.start + 1)]];
  const ranged: HeaderList = isRanged
    ? range
      ? [['Content-Range', `bytes ${part.start}-${part.end}/${size}`]]
      : [['Accept-Ranges', 'bytes']]
    : [];
  finish(
    response,
    range ? 206 : answer.status,
    [...ownHeaders(answer), ...typeHeader(asked, answer), ...length, ...ranged, ...added],
    false,
  );
  if (isHead || size === 0) return void response.end();
  await pipeline(bodyOf(answer, part), response).catch(() => {});
}

/** Headers as they are: their order and repeated names too. */
function finish(response: ServerResponse, status: number, headers: HeaderList, ends = true): void {
  response.writeHead(status, headers.flat());
  if (ends) response.end();
}

function ownPage(status: number): Answer {
  return { status, type: 'text/html', headers: {}, body: plainPage(status) };
}

const spellings: Readonly<Record<string, string>> = {
  'last-modified': 'Last-Modified',
  etag: 'ETag',
  location: 'Location',
};

/** When an error's page was written says nothing about the error. */
function ownHeaders({ status, headers }: Pick<Answer, 'status' | 'headers'>): HeaderList {
  const isError = status !== 200 && status !== 304;
  return Object.entries(headers)
    .filter(([name]) => !(isError && name === 'last-modified'))
    .map(([name, value]) => [spellings[name] ?? name, value]);
}

/** What is compressed anew each time is the same for people, not byte by byte. */
function zippedHeaders({ headers, ...rest }: Answer): HeaderList {
  const { etag, ...others } = headers;
  return ownHeaders({ ...rest, headers: { ...others, ...(etag !== undefined && { etag: `W/${etag}` }) } });
}

function typeHeader(asked: Asked, answer: Answer): HeaderList {
  const type = contentType(asked, answer);
  return type === undefined ? [] : [['Content-Type', type]];
}

function canZip({ settings }: Asked, { status, type }: Answer, size: number): boolean {
  const { gzip, gzipMinLength, gzipTypes } = settings;
  return (
    gzip &&
    [200, 403, 404].includes(status) &&
    size >= gzipMinLength &&
    type !== undefined &&
    gzipTypes.has(type.toLowerCase())
  );
}

function wantsZip({ incoming, settings }: Asked): boolean {
  const { 'accept-encoding': accepted = '', via } = incoming.headers;
  const list = Array.isArray(accepted) ? accepted.join(',') : accepted;
  const quality = /(?:^|[ ,])gzip\s*(?:;\s*q=([0-9.]+))?\s*(?:,|$)/i.exec(list);
  const isTaken = quality !== null && Number(quality[1] ?? 1) > 0;
  return isTaken && incoming.httpVersion === '1.1' && (via === undefined || settings.gzipProxied === 'any');
}

function bodyOf({ body }: Answer, part?: { readonly start: number; readonly end: number }): Readable {
  if (isFile(body)) return body.handle.createReadStream({ ...part, autoClose: false });
  return Readable.from([body ?? Buffer.alloc(0)]);
}
