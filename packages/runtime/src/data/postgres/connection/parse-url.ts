import { readFileSync } from 'node:fs';
import type { PoolConfig } from 'pg';
import { isRdsHost } from './rds-ca.ts';

export interface ParsedUrl {
  readonly config: Omit<PoolConfig, 'host' | 'ssl'> & { host: string; ssl: false | { ca?: string } };
  /** Parameters that have no meaning here. */
  readonly ignored: readonly string[];
}

const understood = new Set([
  'host',
  'port',
  'sslmode',
  'sslrootcert',
  'application_name',
  'options',
  'channel_binding',
]);
const encrypted = ['prefer', 'require', 'verify-ca', 'verify-full'];

/**
 * Reads a connection string. Stricter than libpq: every `sslmode` but `disable` checks the certificate and the host name, and
 * a database on RDS is always reached over TLS. The problem's text never repeats the value.
 */
export function parseDatabaseUrl(text: string): ParsedUrl | { readonly problem: string } {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^postgres(ql)?:$/.test(url.protocol)) return { problem: 'is not a connection string.' };
  const parameters = url.searchParams;
  const host = parameters.get('host') ?? (decoded(url.hostname).replace(/^\[(.*)\]$/, '$1') || 'localhost');
  const ssl = tls(parameters, host);
  if ('problem' in ssl) return ssl;
  const database = decoded(url.pathname.slice(1));
  const user = decoded(url.username);
  if (!user) return { problem: 'names no user.' };
  return {
    config: {
      host,
      port: Number(parameters.get('port') ?? url.port) || 5432,
      user,
      password: decoded(url.password),
      database: database || user,
      ssl: ssl.value,
      ...(parameters.has('application_name') ? { application_name: parameters.get('application_name') ?? '' } : {}),
      ...(parameters.has('options') ? { options: parameters.get('options') ?? '' } : {}),
      ...(parameters.get('channel_binding') === 'require' ? { enableChannelBinding: true } : {}),
    },
    ignored: [...parameters.keys()].filter((name) => !understood.has(name)),
  };
}

function tls(parameters: URLSearchParams, host: string): { value: false | { ca?: string } } | { problem: string } {
  const mode = parameters.get('sslmode') ?? (isRdsHost(host) ? 'verify-full' : 'disable');
  if (mode === 'disable' && !isRdsHost(host)) return { value: false };
  if (!encrypted.includes(mode)) {
    return { problem: `has an sslmode that is not allowed${mode === 'disable' ? ' with RDS' : ''}; use verify-full.` };
  }
  const file = parameters.get('sslrootcert');
  if (!file || file === 'system') return { value: {} };
  try {
    return { value: { ca: readFileSync(file, 'utf8') } };
  } catch {
    return { problem: 'has an sslrootcert that cannot be read.' };
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
