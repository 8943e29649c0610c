import type { AppSecret } from '@keelson/infra';
import { UserError } from '../../user-error.ts';

export interface Attempt {
  readonly secret: AppSecret;
  readonly region: string;
  /** The permission it takes. */
  readonly action: string;
}

/** Why AWS did not do it, and the way out. Of an unknown error only the name: the message could repeat what was sent. */
export function explain(error: unknown, { secret, region, action }: Attempt): UserError {
  const { name, code } = namesOf(error);
  if (name === 'CredentialsProviderError') {
    return new UserError(
      'There are no AWS credentials.',
      `${signIn} \`aws sts get-caller-identity\` shows who you are.`,
    );
  }
  if (/^(Expired|UnrecognizedClient|InvalidClientTokenId|InvalidSignature|InvalidAccessKey)/.test(name)) {
    return new UserError(`AWS does not take the credentials (${name}).`, signIn);
  }
  if (name.startsWith('AccessDenied')) {
    return new UserError(`These credentials may not touch ${secret.secretId}.`, `They need ${action} on it.`);
  }
  if (name === 'ResourceNotFoundException') {
    const [, environment = ''] = secret.secretId.split('/');
    const hint = `Apply the environment first: terraform -chdir=infra/${environment} apply`;
    return new UserError(`${secret.secretId} is not there yet, in ${region} and this account.`, hint);
  }
  if (name === 'InvalidRequestException') {
    const hint = 'Apply the environment again, or restore it: aws secretsmanager restore-secret --secret-id <name>';
    return new UserError(`${secret.secretId} cannot be used: it is most likely marked for deletion.`, hint);
  }
  if (/^(ECONN|ENOTFOUND|EAI_|EHOST|ENET|ETIMEDOUT)/.test(code) || name === 'TimeoutError') {
    return new UserError(
      `AWS could not be reached (${code || name}).`,
      'Check the network, and AWS_ENDPOINT_URL if it is set.',
    );
  }
  return new UserError(`AWS refused it (${name}).`, `Region ${region}, secret ${secret.secretId}.`);
}

const signIn = 'Sign in with `aws sso login`, and name the profile in AWS_PROFILE if it is not the default one.';

function namesOf(error: unknown): { name: string; code: string } {
  if (!(error instanceof Error)) return { name: 'unknown', code: '' };
  return { name: error.name, code: 'code' in error && typeof error.code === 'string' ? error.code : '' };
}
