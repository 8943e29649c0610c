import type { Problem } from '@keelson/contract';
import { type Body, call, type Expression, type Reference, ref, type Value, type ValueObject } from '../hcl/index.ts';
import { checkStack } from './check-stack.ts';
import type { Declaration, Meta, VariableArguments } from './declaration.ts';
import { fileBodies } from './emit.ts';
import type { Mode } from './schema.ts';
import type {
  DataArguments,
  DataAttributes,
  EphemeralArguments,
  EphemeralAttributes,
  ResourceArguments,
  ResourceAttributes,
} from './types.generated.ts';

type Arguments = { resource: ResourceArguments; data: DataArguments; ephemeral: EphemeralArguments };
type Attributes = { resource: ResourceAttributes; data: DataAttributes; ephemeral: EphemeralAttributes };
type TypeOf<M extends Mode> = keyof Arguments[M] & keyof Attributes[M] & string;

/** An attribute's name, or a path into it: `ingress_paths[0].endpoint`. */
type Path<Name extends string> = Name | `${Name}.${string}` | `${Name}[${string}`;

/** A declared resource, data source or ephemeral resource, for references to it. */
export interface Handle<Attribute extends string = string> {
  /** `aws_vpc.main`, `data.aws_region.current`. */
  readonly address: string;
  /** `aws_vpc.main.id`, or with `count` the attribute of one of them. */
  ref(path: Path<Attribute>, index?: number): Reference;
  /** `aws_subnet.public[*].id`: the attribute of each that `count` makes. */
  all(attribute: Attribute): Reference;
}

/** One Terraform directory in the making. Mistakes are collected by `problems`, none is thrown. */
export interface Stack {
  /** The same stack, adding to another file. */
  file(name: string, comment?: string): Stack;
  resource<T extends TypeOf<'resource'>>(
    type: T,
    name: string,
    args: ResourceArguments[T],
    meta?: Meta,
  ): Handle<ResourceAttributes[T] & string>;
  data<T extends TypeOf<'data'>>(
    type: T,
    name: string,
    args: DataArguments[T],
    meta?: Meta,
  ): Handle<DataAttributes[T] & string>;
  ephemeral<T extends TypeOf<'ephemeral'>>(
    type: T,
    name: string,
    args: EphemeralArguments[T],
    meta?: Meta,
  ): Handle<EphemeralAttributes[T] & string>;
  variable(name: string, args: VariableArguments): Reference;
  local(name: string, value: Value): Reference;
  output(name: string, args: { value: Value; description: string; sensitive?: boolean }): void;
  /** A block that is neither of these: `terraform`, `provider`. */
  block(type: string, labels: readonly string[], body: Body, comment?: string): void;
  readonly declarations: readonly Declaration[];
  /** Everything that Terraform or the provider would refuse. */
  problems(): Problem[];
  /** Each file's comment and blocks, by name. */
  files(): Map<string, { comment: string | undefined; body: Body }>;
}

export function createStack(): Stack {
  const declarations: Declaration[] = [];
  const comments = new Map<string, string | undefined>();
  return stackView(declarations, comments, 'main.tf');
}

function stackView(declarations: Declaration[], comments: Map<string, string | undefined>, file: string): Stack {
  const declare = (mode: Mode, type: string, name: string, args: object, meta: Meta = {}): Handle => {
    declarations.push({ kind: mode, type, name, args: args as ValueObject, meta, file });
    return handle(mode, type, name);
  };
  return {
    declarations,
    file: (name, comment) => {
      if (!comments.has(name)) comments.set(name, comment);
      return stackView(declarations, comments, name);
    },
    resource: (type, name, args, meta) => declare('resource', type, name, args as object, meta),
    data: (type, name, args, meta) => declare('data', type, name, args as object, meta),
    ephemeral: (type, name, args, meta) => declare('ephemeral', type, name, args as object, meta),
    variable: (name, args) => {
      declarations.push({ kind: 'variable', name, args, file });
      return ref(`var.${name}`);
    },
    local: (name, value) => {
      declarations.push({ kind: 'local', name, value, file });
      return ref(`local.${name}`);
    },
    output: (name, args) => void declarations.push({ kind: 'output', name, args, file }),
    block: (type, labels, body, comment) =>
      void declarations.push({ kind: 'block', type, labels, body, comment, file }),
    problems: () => checkStack(declarations),
    files: () => fileBodies(declarations, comments),
  };
}

function handle(mode: Mode, type: string, name: string): Handle {
  const address = mode === 'resource' ? `${type}.${name}` : `${mode}.${type}.${name}`;
  return {
    address,
    ref: (path, index) => ref(`${address}${index === undefined ? '' : `[${index}]`}.${path}`),
    all: (attribute) => ref(`${address}[*].${attribute}`),
  };
}

/** `one(…)` of a set that holds exactly one element. */
export function one(set: Expression): Expression {
  return call('one', set);
}
