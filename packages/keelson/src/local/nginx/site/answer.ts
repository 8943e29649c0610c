import type { SiteFile } from './files.ts';

/** An answer before the headers that the configuration adds. */
export interface Answer {
  readonly status: number;
  readonly body: Buffer | SiteFile | undefined;
  /** Without its charset; `undefined`: none is told. */
  readonly type: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/** Where to go on, or the end. */
export type Outcome =
  | { readonly answer: Answer }
  | { readonly error: number }
  /** Through the locations again. */
  | { readonly goTo: string };

export function isFile(body: Answer['body']): body is SiteFile {
  return body !== undefined && !Buffer.isBuffer(body);
}

export function typeOf(uri: string, types: ReadonlyMap<string, string>, fallback: string): string {
  const ending = /\.([^./]*)$/.exec(uri)?.[1]?.toLowerCase();
  return (ending === undefined ? undefined : types.get(ending)) ?? fallback;
}

/** What nginx shows where the configuration has no page for it. */
export function plainPage(status: number): Buffer {
  const title = `${status} ${reasons[status] ?? ''}`.trim();
  return Buffer.from(`<!doctype html>\n<title>${title}</title>\n<h1>${title}</h1>\n`);
}

const reasons: Readonly<Record<number, string>> = {
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Not Allowed',
  410: 'Gone',
  412: 'Precondition Failed',
  416: 'Requested Range Not Satisfiable',
  500: 'Internal Server Error',
  503: 'Service Temporarily Unavailable',
};
