import { join } from 'node:path';
import { type Directive, readDirectives, within } from '../conf/directives.ts';

/** What stands in for the places of the image. */
export interface LocalPlaces {
  /** Folder with `nginx.conf` and `public/`. */
  readonly folder: string;
  /** Empty folder of this run. */
  readonly run: string;
  readonly port: number;
  /** Where requests are logged to. */
  readonly accessLog: string;
  /** Parts that nginx was built without: `uwsgi`. */
  readonly without: readonly string[];
}

/** Where the image has the files, its pid file, and room for files of its own. */
const imageRoot = '/usr/share/nginx/html';
const imageExtra = '/etc/nginx/extra/';

/** Set by the command line instead. */
const setElsewhere = new Set(['daemon', 'pid', 'user', 'lock_file', 'worker_processes']);
const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The configuration of an image, with the places of this machine. Every line keeps its number, so that what nginx says of it
 * is true of the file.
 *
 * @throws ConfError at what nginx would not read
 */
export function localConf(conf: string, places: LocalPlaces): string {
  const directives = readDirectives(conf);
  const all = within(directives);
  return changed(conf, [
    ...all.flatMap((directive) => replaced(directive, places)),
    ...extraListens(all).map(remove),
    ...directives.filter(({ name }) => name === 'http').flatMap((http) => added(http, places)),
  ]);
}

/** Directives of the whole process, for `nginx -g`. */
export function globalDirectives({ run }: Pick<LocalPlaces, 'run'>, user: string | undefined): string {
  return [
    'daemon off',
    'worker_processes 1',
    `pid ${word(join(run, 'nginx.pid'))}`,
    // Only root may, and must: nginx would otherwise read the files as `nobody`.
    ...(user === undefined ? [] : [`user ${word(user)}`]),
  ]
    .map((directive) => `${directive};`)
    .join(' ');
}

function replaced(directive: Directive, places: LocalPlaces): Edit[] {
  const { name, args, words } = directive;
  const [first, ...rest] = words;
  if (setElsewhere.has(name)) return [remove(directive)];
  if (!first) return [];
  if (name === 'listen') {
    return [
      at(first, `127.0.0.1:${places.port}`),
      ...rest.filter(({ text }) => text !== 'default_server').map((each) => at(each, '')),
    ];
  }
  if (name === 'error_log') return [at(first, 'stderr')];
  if (name === 'access_log') return args[0] === 'off' ? [] : [at(first, places.accessLog)];
  if (name.endsWith('_temp_path')) return [at(first, join(places.run, name)), ...rest.map((each) => at(each, ''))];
  if (name === 'include') return [at(first, includedFrom(first.text, places))];
  return words.filter(({ text }) => text.startsWith(imageRoot)).map((each) => at(each, rootedAt(each.text, places)));
}

function rootedAt(text: string, { folder }: LocalPlaces): string {
  return join(folder, 'public') + text.slice(imageRoot.length);
}

function includedFrom(text: string, { folder, run }: LocalPlaces): string {
  if (text.startsWith(imageExtra)) return join(run, 'extra', text.slice(imageExtra.length));
  if (/^(\/etc\/nginx\/)?mime\.types$/.test(text)) return join(run, 'mime.types');
  return text.startsWith('/') ? text : join(folder, text);
}

/** A server has one port here: further ones of the image are left out. */
function extraListens(all: readonly Directive[]): Directive[] {
  return all
    .filter(({ name }) => name === 'server')
    .flatMap(({ block = [] }) => block.filter(({ name }) => name === 'listen').slice(1));
}

/** What the file leaves to defaults that are places of the machine: on the line of `http {`. */
function added({ block = [], inside = 0 }: Directive, { run, accessLog, without }: LocalPlaces): Edit[] {
  const has = (name: string) => block.some((directive) => directive.name === name);
  const missing = [
    ...temporary
      .filter((part) => !has(`${part}_temp_path`) && !without.includes(part))
      .map((part) => `${part}_temp_path ${word(join(run, `${part}_temp_path`))};`),
    ...(has('access_log') ? [] : [`access_log ${word(accessLog)};`]),
  ];
  return missing.length === 0 ? [] : [{ start: inside, end: inside, text: ` ${missing.join(' ')}` }];
}

function at({ start, end }: { readonly start: number; readonly end: number }, text: string): Edit {
  return { start, end, text: text === '' ? '' : word(text) };
}

function remove({ start, end }: Directive): Edit {
  return { start, end, text: '' };
}

/** In quotes, so that a folder may have any name. */
function word(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}

/** Outer edits win over those in them. */
function changed(conf: string, edits: readonly Edit[]): string {
  let text = '';
  let done = 0;
  const order = edits.toSorted((one, other) => one.start - other.start || other.end - one.end);
  for (const edit of order) {
    if (edit.start < done) continue;
    const lines = conf.slice(edit.start, edit.end).replaceAll(/[^\n]/g, '');
    text += conf.slice(done, edit.start) + edit.text + lines;
    done = edit.end;
  }
  return text + conf.slice(done);
}
