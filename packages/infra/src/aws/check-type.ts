import type { Problem } from '@keelson/contract';
import {
  bare,
  type Expression,
  isExpression,
  isList,
  isValueObject,
  type Value,
  type ValueObject,
} from '../hcl/index.ts';
import { parseReference } from './references.ts';
import { schemaOf, type TerraformType } from './schema.ts';

/** Compares a value with the type of its argument, as far as the value is known before Terraform runs. */
export function checkType(what: string, path: string, given: Value, type: TerraformType): Problem[] {
  const value = bare(given);
  if (value === null || type === 'dynamic') return [];
  if (isExpression(value)) return checkExpression(what, path, value, type);
  if (typeof type === 'string') return typeof value === scalars[type] ? [] : [wrong(what, path, kindOf(value), type)];
  if (type[0] === 'list' || type[0] === 'set') {
    const [, member] = type;
    if (!isList(value)) return [wrong(what, path, kindOf(value), type)];
    return value.flatMap((item, index) => checkType(`item ${index} of ${what}`, `${path}[${index}]`, item, member));
  }
  if (!isValueObject(value)) return [wrong(what, path, kindOf(value), type)];
  return type[0] === 'map' ? checkMap(what, path, value, type[1]) : checkObject(what, path, value, type[1]);
}

function checkMap(what: string, path: string, value: ValueObject, member: TerraformType): Problem[] {
  return Object.entries(value).flatMap(([key, item]) =>
    item === undefined ? [] : checkType(`\`${key}\` of ${what}`, `${path}.${key}`, item, member),
  );
}

function checkObject(what: string, path: string, value: ValueObject, members: Readonly<Record<string, TerraformType>>) {
  return Object.entries(value).flatMap(([key, item]): Problem[] => {
    const member = members[key];
    if (item === undefined) return [];
    if (member) return checkType(`\`${key}\` of ${what}`, `${path}.${key}`, item, member);
    const hint = `It has ${Object.keys(members).join(', ')}.`;
    return [{ path: `${path}.${key}`, message: `${what} has no member \`${key}\``, hint }];
  });
}

const scalars = { string: 'string', number: 'number', bool: 'boolean' } as const;

function checkExpression(what: string, path: string, expression: Expression, type: TerraformType): Problem[] {
  const shape = shapeOfExpression(expression);
  return shape === undefined || shape === shapeOf(type) ? [] : [wrong(what, path, shape, type)];
}

type Shape = 'one value' | 'a list' | 'an object';

/** As far as it is known before Terraform runs. */
function shapeOfExpression(expression: Expression): Shape | undefined {
  if (expression.kind === 'template') return 'one value';
  if (expression.kind === 'call') return expression.name === 'jsonencode' ? 'one value' : undefined;
  if (expression.kind !== 'reference') return undefined;
  const parsed = parseReference(expression.path);
  if (!parsed || parsed.attribute === undefined || parsed.goesDeeper) return undefined;
  if (parsed.index === '*') return 'a list';
  const type = schemaOf(parsed.mode, parsed.type)?.attributes[parsed.attribute]?.type;
  return type === undefined || type === 'dynamic' ? undefined : shapeOf(type);
}

function shapeOf(type: TerraformType): Shape {
  if (typeof type === 'string') return 'one value';
  return type[0] === 'list' || type[0] === 'set' ? 'a list' : 'an object';
}

function kindOf(value: Value): string {
  if (isList(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? 'text' : `a ${typeof value}`;
}

function wrong(what: string, path: string, kind: string, type: TerraformType): Problem {
  return { path, message: `${what} is ${kind}, but has to be ${describe(type)}`, hint: `Give ${describe(type)}.` };
}

function describe(type: TerraformType): string {
  if (typeof type === 'string')
    return { string: 'text', number: 'a number', bool: 'true or false', dynamic: 'anything' }[type];
  if (type[0] === 'object') return 'an object';
  return `a ${type[0]} of ${describe(type[1]).replace(/^an? /, '')}`;
}
