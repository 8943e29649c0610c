/** A secret in Secrets Manager, in the form ECS task definitions use. */
export interface SecretReference {
  readonly arn: string;
  readonly region: string;
  /** Key of a JSON document; absent: the whole string is the secret. */
  readonly jsonKey: string | undefined;
}

const form = /^(arn:[\w-]+:secretsmanager:([a-z0-9-]+):\d{12}:secret:[^:\s]+)(?::([^:]*)(?::(?:AWSCURRENT)?:?)?)?$/;

/**
 * Reads `arn:aws:secretsmanager:<region>:<account>:secret:<name>`, optionally followed by `:<json key>::`. A version is refused,
 * by its stage (all but `AWSCURRENT`) as by its id: secrets are rotated, and the one before is taken as well in any case.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 */
export function parseSecretReference(text: string): SecretReference | undefined {
  const match = form.exec(text);
  if (!match?.[1] || !match[2]) return undefined;
  return { arn: match[1], region: match[2], jsonKey: match[3] || undefined };
}
