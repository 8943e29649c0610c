import type { SSMClient } from '@aws-sdk/client-ssm';
import { ConfigError, KeelsonError } from '../errors/index.ts';
import type { Boot, Env } from './boot.ts';
import { optionalPackage } from './optional-package.ts';
import { parseOrigin } from './origin.ts';
import { invalid } from './problems.ts';
import { repeated } from './repeated.ts';

/** The service's own address: the only source of links and redirects to itself. */
export interface PublicUrl {
  /**
   * The address; always an origin, its path is `/`. Treat it as read-only.
   * @throws KeelsonError `LOGIN_UNAVAILABLE` while it is not known yet
   */
  value(): URL;
  /** The address, or `undefined` while it is not known yet. */
  peek(): URL | undefined;
}

const hint = 'Write the origin people use, such as https://app.example.com.';
const insecure =
  'PUBLIC_URL_INSECURE is set and PUBLIC_URL starts with http://: sign-ins and cookies can be read on the way. Give the environment a domain.';
const retryMs = 5_000;
const readLimitMs = 5_000;
const accessors = new WeakMap<Boot, PublicUrl>();

/**
 * The address from `PUBLIC_URL`; or from the SSM parameter that `PUBLIC_URL_PARAMETER` names, read every 5 seconds until
 * it is there (ECS Express without a domain knows its address only after the first deploy). Absent outside production:
 * `http://localhost:<PORT>`.
 */
export function publicUrl(boot: Boot): PublicUrl {
  const known = accessors.get(boot);
  if (known) return known;
  const accessor = read(boot);
  accessors.set(boot, accessor);
  return accessor;
}

function read(boot: Boot): PublicUrl {
  const { PUBLIC_URL, PUBLIC_URL_PARAMETER } = boot.env;
  if (PUBLIC_URL) return fixed(checked(boot, PUBLIC_URL));
  if (PUBLIC_URL_PARAMETER) return awaited(boot, PUBLIC_URL_PARAMETER);
  if (boot.env['NODE_ENV'] === 'production') {
    boot.problem(
      invalid('PUBLIC_URL', 'is missing.', `${hint} Or set PUBLIC_URL_PARAMETER to the SSM parameter that holds it.`),
    );
  }
  return fixed(new URL(`http://localhost:${localPort(boot.env)}`));
}

/** A port that is not usable is reported by the service's configuration. */
function localPort({ PORT }: Env): string {
  return PORT !== undefined && /^[1-9]\d{0,4}$/.test(PORT) && Number(PORT) <= 65535 ? PORT : '8000';
}

function checked(boot: Boot, text: string): URL | undefined {
  const origin = parseOrigin(text, boot.env);
  if (origin instanceof URL) {
    if (origin.protocol === 'http:' && boot.env['PUBLIC_URL_INSECURE'] === '1') boot.log.warn({}, insecure);
    return origin;
  }
  boot.problem(invalid('PUBLIC_URL', origin, hint));
  return undefined;
}

function fixed(url: URL | undefined): PublicUrl {
  return createPublicUrl(() => url);
}

function awaited(boot: Boot, parameter: string): PublicUrl {
  let url: URL | undefined;
  const readParameter = parameterReader(parameter, boot.env);

  const attempt = async () => {
    try {
      const text = await readParameter();
      if (text === undefined) return;
      const origin = parseOrigin(text, boot.env);
      if (origin instanceof URL) url = origin;
      else boot.log.error({ parameter }, `The SSM parameter of PUBLIC_URL_PARAMETER ${origin}`);
    } catch (error) {
      if (error instanceof ConfigError) throw error;
      boot.log.warn({ err: error, parameter }, 'PUBLIC_URL_PARAMETER could not be read; login answers 503 until it is');
    }
  };
  repeated(boot, attempt, () => (url ? undefined : retryMs));
  return createPublicUrl(() => url);
}

function parameterReader(parameter: string, env: Env): () => Promise<string | undefined> {
  let client: SSMClient | undefined;
  return async () => {
    const sdk = await optionalPackage(
      'PUBLIC_URL_PARAMETER',
      '@aws-sdk/client-ssm',
      () => import('@aws-sdk/client-ssm'),
    );
    const endpoint = env['AWS_ENDPOINT_URL_SSM'] ?? env['AWS_ENDPOINT_URL'];
    const region = env['AWS_REGION'];
    client ??= new sdk.SSMClient({ maxAttempts: 2, ...(endpoint ? { endpoint } : {}), ...(region ? { region } : {}) });
    try {
      const command = new sdk.GetParameterCommand({ Name: parameter });
      const answer = await client.send(command, { abortSignal: AbortSignal.timeout(readLimitMs) });
      const text = answer.Parameter?.Value;
      return text === 'UNSET' ? undefined : text;
    } catch (error) {
      if (error instanceof sdk.ParameterNotFound) return undefined;
      throw error;
    }
  };
}

function createPublicUrl(peek: () => URL | undefined): PublicUrl {
  const value = () => {
    const url = peek();
    if (url) return url;
    throw new KeelsonError('LOGIN_UNAVAILABLE', {
      detail: 'The public address of the service is not known yet.',
      hint: 'PUBLIC_URL_PARAMETER names an SSM parameter without a value: it is written at the end of the first deploy. Or set PUBLIC_URL.',
    });
  };
  return Object.freeze({ value, peek });
}
