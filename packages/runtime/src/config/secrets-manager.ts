import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Env } from './boot.ts';
import { optionalPackage } from './optional-package.ts';
import type { SecretReference } from './secret-reference.ts';

/** The value now, then the one before it, where Secrets Manager still has it. */
export type FetchSecret = () => Promise<readonly string[]>;

const fetchLimitMs = 5_000;

/**
 * Fetches both labelled versions, so that a process started after a rotation still accepts what the old value made.
 * Rejects when the secret cannot be read; the error holds no secret.
 */
export function secretsManagerFetch(variable: string, reference: SecretReference, env: Env): FetchSecret {
  let client: SecretsManagerClient | undefined;
  return async () => {
    const sdk = await optionalPackage(
      variable,
      '@aws-sdk/client-secrets-manager',
      () => import('@aws-sdk/client-secrets-manager'),
    );
    client ??= new sdk.SecretsManagerClient({
      region: reference.region,
      maxAttempts: 2,
      ...endpoint(env['AWS_ENDPOINT_URL_SECRETS_MANAGER'] ?? env['AWS_ENDPOINT_URL']),
    });
    const read = async (stage: 'AWSCURRENT' | 'AWSPREVIOUS') => {
      const command = new sdk.GetSecretValueCommand({ SecretId: reference.arn, VersionStage: stage });
      const answer = await client?.send(command, { abortSignal: AbortSignal.timeout(fetchLimitMs) });
      return pick(answer?.SecretString, reference.jsonKey);
    };
    const [current, previous] = await Promise.all([read('AWSCURRENT'), read('AWSPREVIOUS').catch(() => undefined)]);
    if (current === undefined) throw new Error(missingKey(reference.jsonKey));
    return previous === undefined || previous === current ? [current] : [current, previous];
  };
}

function pick(text: string | undefined, jsonKey: string | undefined): string | undefined {
  if (text === undefined || jsonKey === undefined) return text;
  if (text === 'UNSET') return text;
  const value: unknown = parseObject(text)[jsonKey];
  return typeof value === 'string' ? value : undefined;
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function missingKey(jsonKey: string | undefined): string {
  return jsonKey ? `The secret is no JSON document with the string \`${jsonKey}\`.` : 'The secret holds no string.';
}

function endpoint(url: string | undefined) {
  return url ? { endpoint: url } : {};
}
