import { KeelsonError } from '../errors/index.ts';
import type { Boot } from './boot.ts';
import { invalid } from './problems.ts';
import type { Secret } from './secret.ts';
import { readSecret } from './secret-document.ts';
import { parseSecretReference, type SecretReference } from './secret-reference.ts';
import { pick, pickIfThere, placeOf, unset } from './secret-text.ts';

export interface SecretVariableOptions {
  /** The service boots without the variable; `value()` then throws. @default false */
  readonly optional?: boolean;
  /** Characters the value must have at least. @default 1 */
  readonly minLength?: number;
  /** What the value is and how to make one, for the problem that names it. */
  readonly description?: string;
}

/** Old values that are still accepted; one rotation back, and one that happens while the process runs. */
const keptValues = 3;

/**
 * A secret from `NAME`, or from `NAME_SECRET_ARN` in Secrets Manager: read at boot, refreshed every 5 minutes (every
 * 15 seconds while there is none), the last value kept when a refresh fails. Variables that are keys of one secret are
 * read together.
 *
 * A secret that is `UNSET` or unreachable does not fail the boot: `/health` stays 200, and what needs it answers 503.
 */
export function secretVariable(boot: Boot, name: string, options: SecretVariableOptions = {}): Secret {
  const direct = boot.env[name];
  if (direct) return directSecret(boot, name, direct, options);

  const arnName = `${name}_SECRET_ARN`;
  const arn = boot.env[arnName];
  if (!arn) {
    if (!options.optional) boot.problem(absent(name, options));
    return createSecret(name, () => []);
  }
  const reference = parseSecretReference(arn);
  if (!reference) {
    const hint =
      'Write `arn:aws:secretsmanager:<region>:<account>:secret:<name>`, with `:<json key>::` behind it for one key; the version `AWSCURRENT` is read.';
    boot.problem(invalid(arnName, 'is not the ARN of a secret, or names a version of it.', hint));
    return createSecret(name, () => []);
  }
  return refreshedSecret(boot, name, options, arnName, reference);
}

function directSecret(boot: Boot, name: string, value: string, options: SecretVariableOptions): Secret {
  if (value !== unset && value.length < minLength(options)) boot.problem(tooShort(name, options));
  return createSecret(name, () => [value]);
}

function refreshedSecret(
  boot: Boot,
  name: string,
  options: SecretVariableOptions,
  arnName: string,
  reference: SecretReference,
): Secret {
  let values: readonly string[] = [];
  readSecret(boot, arnName, reference, {
    take: ({ current, previous }) => {
      const fetched = [pick(current, reference), previous === undefined ? undefined : pickIfThere(previous, reference)];
      values = remember(usable(name, fetched, options), values);
    },
    failed: (error) => {
      const kept = values.length > 0 ? 'the last value stays in use' : 'what needs it answers 503';
      boot.log.error({ err: error, secret: name }, `Secret ${name} could not be read; ${kept}`);
    },
    isKnown: () => values[0] !== undefined && values[0] !== unset,
  });
  return createSecret(name, () => values, reference);
}

/** The value now, which must be usable, then the one before it if it is. */
function usable(
  name: string,
  [current = '', previous]: readonly (string | undefined)[],
  options: SecretVariableOptions,
): readonly string[] {
  if (current !== unset && current.length < minLength(options)) {
    throw new Error(`The value of ${name} has fewer than ${minLength(options)} characters.`);
  }
  const older = previous !== unset && previous !== current && (previous ?? '').length >= minLength(options);
  return older && previous !== undefined ? [current, previous] : [current];
}

function remember(fetched: readonly string[], known: readonly string[]): readonly string[] {
  const older = known.filter((value) => value !== unset && !fetched.includes(value));
  return [...fetched, ...older].slice(0, keptValues);
}

function createSecret(name: string, read: () => readonly string[], reference?: SecretReference): Secret {
  const mask = `[secret ${name}]`;
  const known = () => {
    const values = read();
    return values[0] === unset ? [] : values;
  };
  return Object.freeze({
    name,
    value: () => {
      const [value] = known();
      if (value === undefined) throw unavailable(name, reference);
      return value;
    },
    values: known,
    toString: () => mask,
    toJSON: () => mask,
    [Symbol.for('nodejs.util.inspect.custom')]: () => mask,
  });
}

function unavailable(name: string, reference: SecretReference | undefined): KeelsonError {
  const how = reference?.jsonKey ? `Write ${placeOf(reference)}` : `Set it with \`npx keelson secret set ${name}\``;
  return new KeelsonError('SECRET_UNAVAILABLE', {
    detail: `The secret ${name} is not set yet, or was never read.`,
    hint: `${how}; the running service takes it within a minute.`,
  });
}

function absent(name: string, options: SecretVariableOptions) {
  const what = options.description ? ` (${options.description})` : '';
  return invalid(
    name,
    'is missing.',
    `Set ${name}${what}, or ${name}_SECRET_ARN to the ARN of the secret that holds it.`,
  );
}

function tooShort(name: string, options: SecretVariableOptions) {
  const how = 'Make one with `node -p "crypto.randomBytes(32).toString(\'base64url\')"`.';
  return invalid(name, `must have at least ${minLength(options)} characters.`, how);
}

function minLength(options: SecretVariableOptions): number {
  return options.minLength ?? 1;
}
