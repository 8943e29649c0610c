import type { Directive } from '../conf/directives.ts';
import { mimeTypes } from './mime-types.ts';
import type { AddedHeader, ErrorPage, Settings } from './settings.ts';

/** Reads a directive that says what answers are like. @returns what it changes; a text: why it cannot be followed here */
type Reader = (directive: Directive, earlier: Settings, isFirst: boolean) => Partial<Settings> | string;

const flag =
  (name: keyof Settings): Reader =>
  ({ args: [value] }) =>
    value === 'on' || value === 'off' ? { [name]: value === 'on' } : 'it is `on` or `off`';

const words =
  (name: keyof Settings): Reader =>
  ({ args }) => ({ [name]: new Set(['text/html', ...args]) });

const readers: Readonly<Record<string, Reader>> = {
  root: ({ args: [root = ''] }) => (root.includes('$') ? 'variables in it are' : { root }),
  index: ({ args }) => (args.some((name) => /[$/]/.test(name)) ? 'names of files alone are read' : { index: args }),
  types: ({ block = [] }) => ({
    types: new Map(
      block.flatMap(({ name, args }) => args.map((ending): [string, string] => [ending.toLowerCase(), name])),
    ),
  }),
  include: ({ args: [file = ''] }) => {
    if (file.startsWith('/etc/nginx/extra/')) return {};
    return /^(\/etc\/nginx\/)?mime\.types$/.test(file) ? { types: mimeTypes() } : `${file} is not read`;
  },
  default_type: ({ args: [defaultType = ''] }) => ({ defaultType }),
  charset: ({ args: [charset = 'off'] }) => ({ charset: charset === 'off' ? undefined : charset }),
  charset_types: words('charsetTypes'),
  add_header: ({ args: [name = '', value = '', mode] }, { headers }, isFirst) => {
    const header: AddedHeader = { name, value, always: mode === 'always' };
    return { headers: [...(isFirst ? [] : headers), header] };
  },
  expires: ({ args }) => {
    const [time = ''] = args;
    return args.length === 1 && /^(off|epoch|max|-?\d+[smhdwMy]?)$/.test(time)
      ? { expires: time }
      : 'one span of time is read';
  },
  error_page: (directive, { errorPages }, isFirst) => {
    const page = readErrorPage(directive.args);
    return typeof page === 'string' ? page : { errorPages: [...(isFirst ? [] : errorPages), page] };
  },
  gzip: flag('gzip'),
  gzip_vary: flag('gzipVary'),
  gzip_proxied: ({ args }) =>
    /^(any|off)$/.test(args.join(' ')) ? { gzipProxied: args[0] ?? '' } : '`any` and `off` alone are',
  gzip_min_length: ({ args: [length] }) => ({ gzipMinLength: Number(length) }),
  gzip_comp_level: ({ args: [level] }) => ({ gzipLevel: Number(level) }),
  gzip_types: words('gzipTypes'),
  etag: flag('etag'),
  if_modified_since: ({ args: [ifModifiedSince = ''] }) => ({ ifModifiedSince }),
  absolute_redirect: flag('absoluteRedirect'),
  access_log: ({ args: [where] }) => ({ accessLog: where !== 'off' }),
  internal: () => ({ internal: true }),
  deny: ({ args }) => (args.join(' ') === 'all' ? { denied: true } : '`all` alone is'),
  allow: ({ args }) => (args.join(' ') === 'all' ? { denied: false } : '`all` alone is'),
  try_files: ({ args }) => ({ tryFiles: args }),
  return: ({ args: [code = '', text] }) =>
    /^\d{3}$/.test(code) ? { return: { status: Number(code), text } } : { return: { status: 302, text: code } },
};

/** What a level is not the heir of. */
const ownAlone: Partial<Settings> = { internal: false, tryFiles: undefined, return: undefined };

export interface SettingsRead {
  readonly settings: Settings;
  /** Directives of the block that are none of these. */
  readonly others: readonly Directive[];
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

/** The settings of a block, from what is around it. */
export function settingsOf(block: readonly Directive[], around: Settings): SettingsRead {
  let settings: Settings = { ...around, ...ownAlone };
  const seen = new Set<string>();
  const others: Directive[] = [];
  const problems: { line: number; message: string }[] = [];
  for (const directive of block) {
    const { name, line } = directive;
    const reader = Object.hasOwn(readers, name) ? readers[name] : undefined;
    if (!reader) {
      others.push(directive);
      continue;
    }
    const change = reader(directive, settings, !seen.has(name));
    seen.add(name);
    if (typeof change === 'string') problems.push({ line, message: `\`${name}\`: ${change}` });
    else settings = { ...settings, ...change };
  }
  return { settings, others, problems };
}

/** `error_page 403 404 =404 /404.html;` */
function readErrorPage(args: readonly string[]): ErrorPage | string {
  const uri = args.at(-1) ?? '';
  const change = args.find((word) => word.startsWith('='));
  const codes = args
    .slice(0, -1)
    .filter((word) => word !== change)
    .map(Number);
  if (!/^[/@]/.test(uri) || uri.includes('$')) return 'a path of this site alone is read';
  return { codes, status: change === undefined ? undefined : Number(change.slice(1)), uri };
}
