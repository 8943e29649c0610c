import type { IncomingMessage } from 'node:http';
import type { Rules } from './rules.ts';
import type { Settings } from './settings.ts';
import type { Known } from './variables.ts';
import type { Uri } from './uri.ts';

/** One request on its way through the rules. An error page or a file of `try_files` changes where it is. */
export interface Asked {
  readonly incoming: IncomingMessage;
  readonly rules: Rules;
  method: string;
  /** Where the request is now. */
  uri: string;
  readonly args: string | undefined;
  settings: Settings;
  /** Groups of the location's pattern. */
  groups: Readonly<Record<string, string>>;
  /** Status that an error page is answered with. */
  errorStatus: number | undefined;
  inErrorPage: boolean;
  redirects: number;
}

export function askedOf(incoming: IncomingMessage, rules: Rules, { uri, args }: Uri): Asked {
  return {
    incoming,
    rules,
    method: incoming.method ?? 'GET',
    uri,
    args,
    settings: rules.settings,
    groups: {},
    errorStatus: undefined,
    inErrorPage: false,
    redirects: 0,
  };
}

/** Variables that are read; beside them the groups of a pattern and those of maps. */
export const knownVariables =
  /^(uri|document_uri|request_uri|request_method|args|query_string|is_args|arg_\w+|host|http_\w+|scheme|status|server_protocol|sent_http_content_type|\d)$/;

/** @param contentType of the answer, once there is one */
export function variablesOf(asked: Asked, status: number, contentType: string | undefined): Known {
  const { incoming, rules, uri, args, groups } = asked;
  const { headers, url = '', httpVersion } = incoming;
  const values: Readonly<Record<string, string | undefined>> = {
    uri,
    document_uri: uri,
    request_uri: url,
    request_method: incoming.method,
    args,
    query_string: args,
    is_args: args ? '?' : '',
    host: (headers.host ?? '').replace(/:\d*$/, '').toLowerCase(),
    scheme: 'http',
    status: String(status).padStart(3, '0'),
    server_protocol: `HTTP/${httpVersion}`,
    sent_http_content_type: contentType,
  };
  const known: Known = {
    get: (name) => {
      const map = rules.maps.get(name);
      if (map) return map.valueFor(known);
      if (Object.hasOwn(values, name)) return values[name];
      if (Object.hasOwn(groups, name)) return groups[name];
      if (name.startsWith('http_')) return headerOf(incoming, name.slice('http_'.length));
      if (name.startsWith('arg_')) return argumentOf(args, name.slice('arg_'.length));
      return undefined;
    },
  };
  return known;
}

function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name.replaceAll('_', '-')];
  return Array.isArray(value) ? value.join(', ') : value;
}

function argumentOf(args = '', name: string): string | undefined {
  const found = args.split('&').find((each) => each.toLowerCase().startsWith(`${name.toLowerCase()}=`));
  return found?.slice(name.length + 1);
}
