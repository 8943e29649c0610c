/** What holds for the requests of a place in the configuration. Each level inherits what it does not say itself. */
export interface Settings {
  readonly root: string;
  readonly index: readonly string[];
  readonly types: ReadonlyMap<string, string>;
  readonly defaultType: string;
  /** `undefined`: none is told. */
  readonly charset: string | undefined;
  readonly charsetTypes: ReadonlySet<string>;
  readonly headers: readonly AddedHeader[];
  readonly expires: string | undefined;
  readonly errorPages: readonly ErrorPage[];
  readonly gzip: boolean;
  readonly gzipVary: boolean;
  /** Whether what other proxies ask for is compressed: `any`, `off`. */
  readonly gzipProxied: string;
  /** Bytes. */
  readonly gzipMinLength: number;
  readonly gzipTypes: ReadonlySet<string>;
  readonly gzipLevel: number;
  readonly etag: boolean;
  readonly ifModifiedSince: string;
  readonly absoluteRedirect: boolean;
  readonly accessLog: boolean;
  readonly denied: boolean;
  // Of a level alone: not inherited.
  readonly internal: boolean;
  readonly tryFiles: readonly string[] | undefined;
  readonly return: Return | undefined;
}

export interface AddedHeader {
  readonly name: string;
  /** With variables; empty after they are replaced: not sent. */
  readonly value: string;
  /** Also on errors. */
  readonly always: boolean;
}

export interface ErrorPage {
  readonly codes: readonly number[];
  /** Status of the answer. `undefined`: that of the error; `0`: that of the page. */
  readonly status: number | undefined;
  readonly uri: string;
}

/** An address for 301, 302, 303, 307 and 308; otherwise the body, `undefined`: what stands for the status. */
export interface Return {
  readonly status: number;
  readonly text: string | undefined;
}

export interface Location {
  readonly settings: Settings;
  /** @returns groups of a pattern; `undefined`: it does not match */
  readonly match: (uri: string) => Readonly<Record<string, string>> | undefined;
  readonly kind: 'exact' | 'prefix' | 'strong prefix' | 'pattern' | 'named';
  readonly path: string;
}

/** nginx's own defaults. */
export const defaults: Settings = {
  root: '',
  index: ['index.html'],
  types: new Map([
    ['html', 'text/html'],
    ['gif', 'image/gif'],
    ['jpg', 'image/jpeg'],
  ]),
  defaultType: 'text/plain',
  charset: undefined,
  charsetTypes: new Set([
    'text/html',
    'text/xml',
    'text/plain',
    'text/vnd.wap.wml',
    'application/javascript',
    'application/rss+xml',
  ]),
  headers: [],
  expires: undefined,
  errorPages: [],
  gzip: false,
  gzipVary: false,
  gzipProxied: 'off',
  gzipMinLength: 20,
  gzipTypes: new Set(['text/html']),
  gzipLevel: 1,
  etag: true,
  ifModifiedSince: 'exact',
  absoluteRedirect: true,
  accessLog: true,
  denied: false,
  internal: false,
  tryFiles: undefined,
  return: undefined,
};
