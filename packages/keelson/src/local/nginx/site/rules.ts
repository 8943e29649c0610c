import type { Directive } from '../conf/directives.ts';
import { readDirectives, within } from '../conf/directives.ts';
import { defaults, type Location, type Settings } from './settings.ts';
import { settingsOf } from './settings-of.ts';
import { groupsOf, patternOf, readMap, type VariableMap, variablesIn } from './variables.ts';
import { knownVariables } from './request.ts';

/** What the configuration says about answers. */
export interface Rules {
  /** Of the server; its `return` comes before every location. */
  readonly settings: Settings;
  readonly locations: readonly Location[];
  readonly maps: ReadonlyMap<string, VariableMap>;
}

export interface RuleProblem {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/** Directives that change nothing about an answer, or nothing that a file server of one laptop has. */
const ignored = new Set([
  ...['user', 'daemon', 'pid', 'lock_file', 'error_log', 'events', 'pcre_jit', 'load_module', 'include'],
  ...['log_format', 'sendfile', 'sendfile_max_chunk', 'tcp_nopush', 'tcp_nodelay', 'aio', 'directio', 'server_tokens'],
  ...['keepalive_timeout', 'keepalive_requests', 'send_timeout', 'reset_timedout_connection', 'lingering_close'],
  ...['client_header_timeout', 'client_body_timeout', 'client_max_body_size', 'client_body_buffer_size'],
  ...['client_header_buffer_size', 'large_client_header_buffers', 'output_buffers', 'types_hash_max_size'],
  ...['types_hash_bucket_size', 'map_hash_max_size', 'map_hash_bucket_size', 'server_names_hash_bucket_size'],
  ...['listen', 'server_name', 'log_not_found', 'log_subrequest', 'open_file_cache', 'open_file_cache_errors'],
  ...['open_file_cache_min_uses', 'open_file_cache_valid', 'real_ip_header', 'set_real_ip_from', 'real_ip_recursive'],
  ...['port_in_redirect', 'gzip_http_version', 'gzip_buffers', 'gzip_disable', 'msie_padding', 'disable_symlinks'],
]);
const isIgnored = (name: string) => ignored.has(name) || /^worker_|_temp_path$/.test(name);

/**
 * Reads the part of a configuration that a file server needs. What would change answers and is not known is a problem: to
 * leave it out would be to serve something else than nginx does.
 *
 * @param root what stands for the image's folder of files
 * @throws ConfError at what nginx would not read
 */
export function readRules(
  conf: string,
  root: string,
): { readonly rules: Rules; readonly problems: readonly RuleProblem[] } {
  const directives = readDirectives(conf);
  const problems: RuleProblem[] = [];
  const read = (block: readonly Directive[], around: Settings) => {
    const result = settingsOf(block, around);
    problems.push(...result.problems);
    return result;
  };
  const refuse = (list: readonly Directive[]) =>
    problems.push(
      ...list
        .filter(({ name }) => !isIgnored(name))
        .map(({ name, line }) => ({ line, message: `\`${name}\` is not followed` })),
    );

  const http = directives.find(({ name }) => name === 'http');
  refuse(directives.filter((each) => each !== http));
  const atHttp = read(http?.block ?? [], defaults);
  const maps = atHttp.others.filter(({ name }) => name === 'map').map(readMap);
  const [server, ...servers] = atHttp.others.filter(({ name }) => name === 'server');
  refuse([...atHttp.others.filter(({ name }) => name !== 'map' && name !== 'server'), ...servers]);
  const atServer = read(server?.block ?? [], atHttp.settings);
  refuse(atServer.others.filter(({ name }) => name !== 'location'));
  const locations = atServer.others
    .filter(({ name }) => name === 'location')
    .map((location) => {
      const inside = read(location.block ?? [], atServer.settings);
      refuse(inside.others);
      return { ...placeOf(location), settings: localRoot(inside.settings, root) };
    });
  problems.push(...unknownVariables(directives, maps));
  const rules = {
    settings: localRoot(atServer.settings, root),
    locations,
    maps: new Map(maps.map((map) => [map.name, map])),
  };
  return { rules, problems: problems.toSorted((one, other) => one.line - other.line) };
}

const imageRoot = '/usr/share/nginx/html';

function localRoot(settings: Settings, root: string): Settings {
  const { root: path } = settings;
  return path === imageRoot || path.startsWith(`${imageRoot}/`)
    ? { ...settings, root: root + path.slice(imageRoot.length) }
    : settings;
}

/** `= /path`, `^~ /path`, `~ pattern`, `~* pattern`, `/path`, `@name` */
function placeOf({ args }: Directive): Omit<Location, 'settings'> {
  const [first = '', second = ''] = args;
  if (first === '=') return { kind: 'exact', path: second, match: (uri) => (uri === second ? {} : undefined) };
  if (first === '~' || first === '~*') {
    const pattern = patternOf(`${first}${second}`);
    const match = (uri: string) => {
      const found = pattern.exec(uri);
      return found ? groupsOf(found) : undefined;
    };
    return { kind: 'pattern', path: second, match };
  }
  const path = first === '^~' ? second : first;
  const kind = first === '^~' ? 'strong prefix' : path.startsWith('@') ? 'named' : 'prefix';
  return { kind, path, match: (uri) => (kind !== 'named' && uri.startsWith(path) ? {} : undefined) };
}

/** Of what is sent, or decides what is. */
function unknownVariables(directives: readonly Directive[], maps: readonly VariableMap[]): RuleProblem[] {
  const own = new Set(maps.flatMap(({ name, groups }) => [name, ...groups]));
  const asking = new Set(['add_header', 'try_files', 'return']);
  const all = within(directives);
  const asked = [
    ...all.filter(({ name }) => asking.has(name)).flatMap(({ args, line }) => args.map((text) => ({ text, line }))),
    ...all
      .filter(({ name }) => name === 'map')
      .flatMap(({ args: [text = ''], line, block = [] }) => [
        { text, line },
        ...block.map((entry) => ({ text: entry.args[0] ?? '', line: entry.line })),
      ]),
  ];
  return asked.flatMap(({ text, line }) =>
    variablesIn(text)
      .filter((name) => !own.has(name) && !knownVariables.test(name))
      .map((name) => ({ line, message: `the variable \`$${name}\` is not known` })),
  );
}
