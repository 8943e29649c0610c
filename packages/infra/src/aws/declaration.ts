import type { Body, Expression, Value, ValueObject } from '../hcl/index.ts';
import type { Mode } from './schema.ts';

/** What Terraform itself, not the provider, reads in a resource. */
export interface Meta {
  readonly count?: number | Expression | undefined;
  readonly depends_on?: readonly { readonly address: string }[] | undefined;
  readonly lifecycle?: Lifecycle | undefined;
  /** Printed above the block. */
  readonly comment?: string | undefined;
}

export interface Lifecycle {
  readonly create_before_destroy?: boolean | undefined;
  readonly prevent_destroy?: boolean | undefined;
  /** Names of arguments. */
  readonly ignore_changes?: readonly string[] | undefined;
  /** Why, printed above the block. */
  readonly comment?: string | undefined;
  readonly replace_triggered_by?: readonly Expression[] | undefined;
  readonly precondition?: Condition | undefined;
  readonly postcondition?: Condition | undefined;
}

export interface Condition {
  readonly condition: Expression;
  readonly error_message: string | Expression;
}

export interface VariableArguments {
  readonly type: 'string' | 'number' | 'bool';
  readonly description: string;
  readonly default?: string | number | boolean | undefined;
  readonly sensitive?: boolean | undefined;
  readonly validation?: Condition | undefined;
  /** What terraform.tfvars.example shows. */
  readonly example?: string | undefined;
}

interface InFile {
  readonly file: string;
}

export interface ResourceDeclaration extends InFile {
  readonly kind: Mode;
  readonly type: string;
  readonly name: string;
  readonly args: ValueObject;
  readonly meta: Meta;
}
export interface VariableDeclaration extends InFile {
  readonly kind: 'variable';
  readonly name: string;
  readonly args: VariableArguments;
}
export interface LocalDeclaration extends InFile {
  readonly kind: 'local';
  readonly name: string;
  readonly value: Value;
}
export interface OutputDeclaration extends InFile {
  readonly kind: 'output';
  readonly name: string;
  readonly args: { readonly value: Value; readonly description: string; readonly sensitive?: boolean };
}
export interface BlockDeclaration extends InFile {
  readonly kind: 'block';
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: Body;
  readonly comment?: string | undefined;
}

export type Declaration =
  | ResourceDeclaration
  | VariableDeclaration
  | LocalDeclaration
  | OutputDeclaration
  | BlockDeclaration;

export function isResource(declaration: Declaration): declaration is ResourceDeclaration {
  return declaration.kind === 'resource' || declaration.kind === 'data' || declaration.kind === 'ephemeral';
}

/** `aws_vpc.main`, `data.aws_region.current`, `var.domain`. */
export function addressOf(declaration: Declaration): string {
  switch (declaration.kind) {
    case 'resource':
      return `${declaration.type}.${declaration.name}`;
    case 'data':
    case 'ephemeral':
      return `${declaration.kind}.${declaration.type}.${declaration.name}`;
    case 'variable':
      return `var.${declaration.name}`;
    case 'local':
      return `local.${declaration.name}`;
    case 'output':
      return `output.${declaration.name}`;
    case 'block':
      return [declaration.type, ...declaration.labels].join('.');
  }
}
