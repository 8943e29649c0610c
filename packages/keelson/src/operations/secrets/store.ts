import type { App } from '@keelson/contract';
import type { AppSecret } from '@keelson/infra';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { explain } from './explain.ts';

export type SecretState = 'set' | 'UNSET' | 'not there yet' | 'no such key';

/** The secrets of an app's environment, as they are in AWS. */
export interface SecretStore {
  /** @throws UserError saying what to do; it never holds the value */
  set(secret: AppSecret, value: string): Promise<void>;
  /** Reads the value only to know whether there is one. @throws UserError */
  state(secret: AppSecret): Promise<SecretState>;
}

/** Uses the credentials that the AWS command line would, and `AWS_ENDPOINT_URL` where it is set. */
export function secretStore(app: App): SecretStore {
  // Which Node runs this command is said by `engines`; the SDK's own note would be printed above every answer.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const client = new SecretsManagerClient({ region: app.region, maxAttempts: 3 });
  const place = { region: app.region };
  return {
    set: async (secret, value) => {
      const command = new PutSecretValueCommand({ SecretId: secret.secretId, SecretString: value });
      await client.send(command).catch((error: unknown) => {
        throw explain(error, { ...place, secret, action: 'secretsmanager:PutSecretValue' });
      });
    },
    state: async (secret) => {
      try {
        const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secret.secretId }));
        return stateOf(SecretString, secret.existing?.key);
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return 'not there yet';
        throw explain(error, { ...place, secret, action: 'secretsmanager:GetSecretValue' });
      }
    },
  };
}

/** @param key of the JSON document that the secret is, or should be */
function stateOf(text: string | undefined, key: string | undefined): SecretState {
  if (text === 'UNSET') return 'UNSET';
  if (key === undefined) return 'set';
  try {
    const value = (JSON.parse(text ?? '') as Readonly<Record<string, unknown>> | null)?.[key];
    return typeof value === 'string' && value !== '' ? 'set' : 'no such key';
  } catch {
    return 'no such key';
  }
}
