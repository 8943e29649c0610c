import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

const { AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoint } = process.env;
const client = new SecretsManagerClient({ ...(endpoint ? { endpoint } : {}) });

/** The variable, or the secret that `<name>_SECRET_ARN` names. */
export async function readSecret(name: string): Promise<string> {
  const value = process.env[name];
  if (value) return value;
  const { SecretString } = await client.send(
    new GetSecretValueCommand({ SecretId: process.env[`${name}_SECRET_ARN`] }),
  );
  if (!SecretString) throw new Error(`${name} has no value`);
  return SecretString;
}
