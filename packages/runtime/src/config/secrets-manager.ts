import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Env } from './boot.ts';
import { optionalPackage } from './optional-package.ts';
import type { SecretReference } from './secret-reference.ts';

/** What a secret holds now, and what it held before, where Secrets Manager still has that. Whole strings. */
export interface SecretVersions {
  readonly current: string;
  readonly previous: string | undefined;
}

export type FetchSecret = () => Promise<SecretVersions>;

const fetchLimitMs = 5_000;

/**
 * Fetches both labelled versions, so that a process started after a rotation still accepts what the old value made.
 * Rejects when the secret cannot be read; the error holds no secret.
 * @param variable that made the reading necessary
 */
export function secretsManagerFetch(
  variable: string,
  { arn, region }: Pick<SecretReference, 'arn' | 'region'>,
  env: Env,
): FetchSecret {
  let client: SecretsManagerClient | undefined;
  return async () => {
    const sdk = await optionalPackage(
      variable,
      '@aws-sdk/client-secrets-manager',
      () => import('@aws-sdk/client-secrets-manager'),
    );
    client ??= new sdk.SecretsManagerClient({
      region,
      maxAttempts: 2,
      ...endpoint(env['AWS_ENDPOINT_URL_SECRETS_MANAGER'] ?? env['AWS_ENDPOINT_URL']),
    });
    const read = async (stage: 'AWSCURRENT' | 'AWSPREVIOUS') => {
      const command = new sdk.GetSecretValueCommand({ SecretId: arn, VersionStage: stage });
      const answer = await client?.send(command, { abortSignal: AbortSignal.timeout(fetchLimitMs) });
      return answer?.SecretString;
    };
    const [current, previous] = await Promise.all([read('AWSCURRENT'), read('AWSPREVIOUS').catch(() => undefined)]);
    if (current === undefined) throw new Error('The secret holds no string.');
    return { current, previous };
  };
}

function endpoint(url: string | undefined) {
  return url ? { endpoint: url } : {};
}
