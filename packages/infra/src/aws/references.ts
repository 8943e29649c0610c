import { bare, type Expression, isExpression, isList, isValueObject, type Value } from '../hcl/index.ts';
import { type Declaration, isResource } from './declaration.ts';
import { isMode, type Mode } from './schema.ts';

/** A reference taken apart: `data.aws_x.y[0].z.w` → mode data, type aws_x, name y, index `0`, attribute z. */
export interface ParsedReference {
  readonly mode: Mode;
  readonly type: string;
  readonly name: string;
  /** `0`, `*`, `count.index`. */
  readonly index: string | undefined;
  readonly attribute: string | undefined;
  /** A path goes on behind the attribute. */
  readonly goesDeeper: boolean;
}

export function parseReference(path: string): ParsedReference | undefined {
  const match = /^(?:(data|ephemeral)\.)?([a-z]\w*_\w+)\.([\w-]+)(?:\[([^\]]+)\])?(?:\.(\w+)(.*))?$/.exec(path);
  const [, mode = 'resource', type, name, index, attribute, rest] = match ?? [];
  if (type === undefined || name === undefined || !isMode(mode)) return undefined;
  return { mode, type, name, index, attribute, goesDeeper: rest !== undefined && rest !== '' };
}

/** Every path that a value refers to. */
export function referencesIn(given: Value | undefined): string[] {
  if (given === undefined) return [];
  const value = bare(given);
  if (isExpression(value)) return referencesInExpression(value);
  if (isList(value)) return value.flatMap(referencesIn);
  return isValueObject(value) ? Object.values(value).flatMap(referencesIn) : [];
}

function referencesInExpression(expression: Expression): string[] {
  switch (expression.kind) {
    case 'reference':
      return [expression.path];
    case 'call':
      return expression.args.flatMap(referencesIn);
    case 'template':
      return expression.parts.flatMap((part) => (typeof part === 'string' ? [] : referencesInExpression(part)));
    case 'access':
      return referencesInExpression(expression.target);
    case 'operation':
      return [...referencesIn(expression.left), ...referencesIn(expression.right)];
    case 'explained':
      return referencesIn(expression.value);
    case 'for': {
      const inner = referencesIn(expression.result).filter((path) => !expression.names.includes(path));
      return [...referencesIn(expression.collection), ...inner];
    }
    case 'each': {
      const inner = referencesIn(expression.content).filter((path) => !/^\w+\.(key|value)$/.test(path));
      return [...referencesIn(expression.collection), ...inner];
    }
  }
}

/** Every path that a declaration refers to. */
export function referencesOf(declaration: Declaration): string[] {
  if (isResource(declaration)) {
    const { count, depends_on, lifecycle } = declaration.meta;
    const conditions = [lifecycle?.precondition, lifecycle?.postcondition];
    return [
      ...referencesIn(declaration.args),
      ...referencesIn(count),
      ...(depends_on ?? []).map(({ address }) => address),
      ...(lifecycle?.replace_triggered_by ?? []).flatMap(referencesIn),
      ...conditions.flatMap((condition) => [
        ...referencesIn(condition?.condition),
        ...referencesIn(condition?.error_message),
      ]),
    ];
  }
  if (declaration.kind === 'local') return referencesIn(declaration.value);
  return declaration.kind === 'output' ? referencesIn(declaration.args.value) : [];
}
