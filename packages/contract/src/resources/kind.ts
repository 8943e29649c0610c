import type { TSchema } from 'typebox';

/** One environment variable of a contract. */
export interface Variable {
  readonly name: string;
  /** What the value is: its form and unit, for docs/contract.md and for error messages. */
  readonly description: string;
  /** A secret may also come as `<name>_SECRET_ARN`, and is masked wherever it is shown. */
  readonly secret: boolean;
  /** The service boots without it. */
  readonly optional: boolean;
}

/** What a resource kind needs to know of the app around the resource to say which variables it gives. */
export interface VariableContext {
  /** The resource's name in the app. */
  readonly name: string;
  /** The kinds of all resources that the service uses. */
  readonly usedKinds: ReadonlySet<string>;
}

/**
 * A resource kind as data. `forms` lists the alternative sets of variables; a provider (local or AWS) gives exactly one
 * whole form, and the runtime accepts each.
 */
export interface Kind<Schema extends TSchema> {
  readonly schema: Schema;
  readonly summary: string;
  readonly forms: (context: VariableContext) => readonly (readonly Variable[])[];
}

export function defineKind<Schema extends TSchema>(kind: Kind<Schema>): Kind<Schema> {
  return kind;
}

export function variable(name: string, description: string, flags: { secret?: true; optional?: true } = {}): Variable {
  return { name, description, secret: flags.secret ?? false, optional: flags.optional ?? false };
}
