import { isIP } from 'node:net';
import Type, { type Static } from 'typebox';
import type { Boot } from './boot.ts';
import { invalid } from './problems.ts';
import { readEnv } from './read-env.ts';

const clientAddressHeaders = ['x-forwarded-for', 'forwarded', 'x-amzn-request-context'] as const;

const variables = Type.Object({
  NODE_ENV: Type.Enum(['production', 'development', 'test'], { default: 'development' }),
  PORT: Type.Integer({ minimum: 0, maximum: 65535, default: 8000, description: 'a port number; 0 takes a free one' }),
  HOST: Type.Optional(Type.String({ description: 'address to listen on' })),
  LOG_LEVEL: Type.Enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], { default: 'info' }),
  KEELSON_SERVICE: Type.String({ default: 'service' }),
  KEELSON_ENVIRONMENT: Type.String({ default: 'local' }),
  TRUSTED_PROXIES: Type.String({ default: '' }),
  CLIENT_ADDRESS_HEADER: Type.Enum(clientAddressHeaders, { default: 'x-forwarded-for' }),
  CORS_ORIGINS: Type.String({ default: '' }),
  AWS_LAMBDA_FUNCTION_NAME: Type.Optional(Type.String()),
  DOCS: Type.Optional(Type.Boolean({ description: '1 serves /docs and /openapi.json in production too' })),
});

export interface ServiceConfig {
  /** @default 'development' */
  readonly nodeEnv: Static<typeof variables>['NODE_ENV'];
  readonly production: boolean;
  /** @default 8000 */
  readonly port: number;
  /** @default '0.0.0.0' in production, otherwise '127.0.0.1' */
  readonly host: string;
  /** pino level. @default 'info' */
  readonly logLevel: Static<typeof variables>['LOG_LEVEL'];
  /** @default 'service' */
  readonly service: string;
  /** @default 'local' */
  readonly environment: string;
  /** CIDR blocks whose entry in the header below is believed. @default [] */
  readonly trustedProxies: readonly string[];
  /** Where a trusted proxy tells the caller's address. @default 'x-forwarded-for' */
  readonly clientAddressHeader: Static<typeof variables>['CLIENT_ADDRESS_HEADER'];
  /** Origins of sites whose pages may call the service. @default [] */
  readonly corsOrigins: readonly string[];
  /**
   * The service runs in a function on Lambda, as Lambda's own variable says: the process is frozen between requests, its one
   * client is the adapter beside it, and nobody calls when it is told to stop.
   */
  readonly lambda: boolean;
  /** `DOCS`: serve the API's documentation; absent: outside production only. */
  readonly docs: boolean | undefined;
}

/** Reads the variables that every service has. */
export function readServiceConfig(boot: Boot): ServiceConfig {
  const env = readEnv(boot, variables);
  const production = env.NODE_ENV === 'production';
  return Object.freeze({
    nodeEnv: env.NODE_ENV,
    production,
    port: env.PORT,
    host: env.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
    logLevel: env.LOG_LEVEL,
    service: env.KEELSON_SERVICE,
    environment: env.KEELSON_ENVIRONMENT,
    trustedProxies: readTrustedProxies(boot, env.TRUSTED_PROXIES),
    clientAddressHeader: env.CLIENT_ADDRESS_HEADER,
    corsOrigins: readOrigins(boot, env.CORS_ORIGINS),
    lambda: env.AWS_LAMBDA_FUNCTION_NAME !== undefined,
    docs: env.DOCS,
  });
}

function readTrustedProxies(boot: Boot, text: string): readonly string[] {
  const blocks = listOf(text);
  const wrong = blocks.filter((block) => !isBlock(block));
  if (wrong.length === 0) return Object.freeze(blocks);
  const reason = `has ${wrong.length} of ${blocks.length} entries that are no CIDR block.`;
  boot.problem(
    invalid('TRUSTED_PROXIES', reason, 'Write blocks separated by commas, such as 10.0.0.0/24,10.0.1.0/24.'),
  );
  return [];
}

/** In the one spelling that browsers send: `https://App.example.com:443/` is `https://app.example.com`. */
function readOrigins(boot: Boot, text: string): readonly string[] {
  const entries = listOf(text);
  const origins = entries.flatMap((entry) => originOf(entry) ?? []);
  if (origins.length === entries.length) return Object.freeze(origins);
  const reason = `has ${entries.length - origins.length} of ${entries.length} entries that are no origin.`;
  const hint = 'Write scheme, host and port, separated by commas: https://app.example.com; no `*`, no path.';
  boot.problem(invalid('CORS_ORIGINS', reason, hint));
  return [];
}

function originOf(text: string): string | undefined {
  if (!/^https?:\/\/[^*?#@]+$/i.test(text) || !URL.canParse(text)) return undefined;
  const { origin, pathname } = new URL(text);
  return pathname === '/' ? origin : undefined;
}

function listOf(text: string): string[] {
  return text.split(',').flatMap((part) => part.trim() || []);
}

function isBlock(block: string): boolean {
  const [address = '', prefix, ...rest] = block.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  if (prefix === undefined) return true;
  if (!/^\d{1,3}$/.test(prefix)) return false;
  const bits = Number(prefix);
  // A block of every address would make anyone's header believed.
  if (bits < 1 || bits > (family === 4 ? 32 : 128)) return false;
  return true;
}
