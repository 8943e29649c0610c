import { ConfigError } from '../errors/index.ts';
import type { Boot } from './boot.ts';
import { repeated } from './repeated.ts';
import type { SecretReference } from './secret-reference.ts';
import { type SecretVersions, secretsManagerFetch } from './secrets-manager.ts';

/** A variable that takes its value from a secret. */
export interface SecretReader {
  /** Takes what was read. A throw counts as a failed reading, for this variable alone. */
  readonly take: (versions: SecretVersions) => void;
  readonly failed: (error: unknown) => void;
  /** Whether there is a value; as long as one reader has none, the secret is read more often. */
  readonly isKnown: () => boolean;
}

interface SecretDocument {
  readonly readers: SecretReader[];
  /** The last that was read. */
  last?: SecretVersions;
}

const refreshMs = 5 * 60_000;
const retryMs = 15_000;

/** By ARN: however many variables are keys of one secret, it is read once for all of them. */
const documents = new WeakMap<Boot, Map<string, SecretDocument>>();

/**
 * Reads a secret at boot, then every 5 minutes, or every 15 seconds while a reader has no value.
 * @param variable that names the secret, for the problem that a missing package is
 */
export function readSecret(boot: Boot, variable: string, reference: SecretReference, reader: SecretReader): void {
  const known = documents.get(boot) ?? new Map<string, SecretDocument>();
  documents.set(boot, known);
  const document = known.get(reference.arn);
  if (document) {
    document.readers.push(reader);
    if (document.last) hand(document.last, reader);
    return;
  }
  const made: SecretDocument = { readers: [reader] };
  known.set(reference.arn, made);
  keepReading(boot, made, secretsManagerFetch(variable, reference, boot.env));
}

function keepReading(boot: Boot, document: SecretDocument, fetch: () => Promise<SecretVersions>): void {
  const refresh = async () => {
    try {
      document.last = await fetch();
    } catch (error) {
      if (error instanceof ConfigError) throw error;
      for (const reader of document.readers) reader.failed(error);
      return;
    }
    for (const reader of document.readers) hand(document.last, reader);
  };
  repeated(boot, refresh, () => (document.readers.every((reader) => reader.isKnown()) ? refreshMs : retryMs));
}

function hand(versions: SecretVersions, reader: SecretReader): void {
  try {
    reader.take(versions);
  } catch (error) {
    reader.failed(error);
  }
}
