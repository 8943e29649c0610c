import { KeelsonError } from '../../errors/index.ts';

/** Items with these keys are there already: nothing was written. Answered with 409, `keys` in the problem document. */
export class ItemExistsError extends KeelsonError {
  /** Keys of the items that exist, as objects: `[{ slug: 'show/a' }]`. */
  readonly keys: readonly Readonly<Record<string, unknown>>[];

  constructor(keys: readonly Readonly<Record<string, unknown>>[]) {
    super('CONFLICT', { detail: `${keys.length} of the items exist already`, extensions: { keys } });
    this.name = 'ItemExistsError';
    this.keys = keys;
  }
}

/** Why a call to DynamoDB failed, as far as it decides what is done about it. */
export type Trouble = 'lost' | 'throttled' | 'unusable' | undefined;

const throttled = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TransactionInProgressException',
  'LimitExceededException',
]);
const unusable = new Set([
  'AccessDeniedException',
  'CredentialsProviderError',
  'ExpiredTokenException',
  'IncompleteSignatureException',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'ResourceNotFoundException',
  'UnrecognizedClientException',
]);
const lostCodes = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_|EHOST|ENET|ERR_SSL|CERT_)/;

/** What stands in the way; `undefined` when the request itself is wrong, or was answered. */
export function troubleOf(error: unknown): Trouble {
  if (!(error instanceof Error)) return undefined;
  if (throttled.has(error.name)) return 'throttled';
  if (unusable.has(error.name)) return 'unusable';
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'lost';
  if ('code' in error && typeof error.code === 'string' && lostCodes.test(error.code)) return 'lost';
  return statusOf(error) >= 500 ? 'lost' : undefined;
}

/** What a caller is told of an error that outlasted every attempt. */
export function failure(error: unknown, table: string): unknown {
  switch (troubleOf(error)) {
    case 'lost':
      return unavailable(`DynamoDB did not answer for the table ${table}: ${reasonOf(error)}.`, undefined, error);
    case 'unusable':
      return unavailable(
        `DynamoDB refused the table ${table}: ${reasonOf(error)}.`,
        "Check the table's name, the region, the credentials and the role's rights.",
        error,
      );
    case 'throttled':
      return overloaded(`DynamoDB throttles the table ${table}.`, error);
    default:
      return isTooLarge(error)
        ? new KeelsonError('PAYLOAD_TOO_LARGE', { detail: 'An item is larger than 400 KB.', cause: error })
        : error;
  }
}

export function overloaded(detail: string, cause: unknown): KeelsonError {
  return new KeelsonError('OVERLOADED', { detail, cause, retryAfter: 1 });
}

function unavailable(detail: string, hint: string | undefined, cause: unknown): KeelsonError {
  return new KeelsonError('TABLE_UNAVAILABLE', { detail, cause, retryAfter: 5, ...(hint ? { hint } : {}) });
}

function isTooLarge(error: unknown): boolean {
  return isNamed(error, 'ValidationException') && /Item size (to update )?has exceeded/.test(error.message);
}

export function isNamed(error: unknown, name: string): error is Error {
  return error instanceof Error && error.name === name;
}

function statusOf(error: Error): number {
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return $metadata?.httpStatusCode ?? 0;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown reason';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
