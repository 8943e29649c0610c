import { nearest, type Problem } from '@keelson/contract';
import { bare, isExpression, isList, isValueObject, type Value, type ValueObject } from '../hcl/index.ts';
import { checkType } from './check-type.ts';

import type { AttributeSchema, BlockSchema, NestedBlock } from './schema.ts';

/**
 * Compares arguments with the schema of their block.
 * @param owner what the message speaks of: `aws_ecs_service`, or `aws_ecs_service.load_balancer` for a nested block
 */
export function checkArguments(owner: string, path: string, args: ValueObject, schema: BlockSchema): Problem[] {
  const given = Object.entries(args).filter((entry): entry is [string, Value] => entry[1] !== undefined);
  return [
    ...given.flatMap(([name, value]) => checkArgument(owner, `${path}.${name}`, name, value, schema)),
    ...missing(args, schema).map((name) => ({
      path: `${path}.${name}`,
      message: `${owner} needs the ${schema.blocks[name] ? 'block' : 'argument'} \`${name}\``,
      hint: `Add \`${name}\`.`,
    })),
  ];
}

function checkArgument(owner: string, path: string, name: string, value: Value, schema: BlockSchema): Problem[] {
  const [attribute, block] = [schema.attributes[name], schema.blocks[name]];
  if (block) return checkNested(owner, path, name, value, block);
  if (!attribute) return [unknown(owner, path, name, schema)];
  if (!isSettable(attribute)) {
    return [
      { path, message: `\`${name}\` of ${owner} is set by AWS alone`, hint: 'Leave it out; refer to it instead.' },
    ];
  }
  return checkType(`\`${name}\` of ${owner}`, path, value, attribute.type);
}

function checkNested(owner: string, path: string, name: string, value: Value, block: NestedBlock): Problem[] {
  const given = isList(value) ? value : [value];
  const items = given.map((item) => (isExpression(item) && item.kind === 'each' ? item.content : item));
  if (items.some((item) => isExpression(item) || !isValueObject(bare(item)))) {
    return [
      {
        path,
        message: `\`${name}\` of ${owner} is a block, not an attribute`,
        hint: `Give an object, written \`${name} { … }\`.`,
      },
    ];
  }
  const objects = items.filter(isValueObject);
  if (block.nesting === 'map') {
    const inner = objects.flatMap((object) => Object.entries(object));
    return inner.flatMap(([key, item]) =>
      item !== undefined && isValueObject(item)
        ? checkArguments(`${owner}.${name}`, `${path}.${key}`, item, block)
        : [],
    );
  }
  const tooMany = block.max > 0 && objects.length > block.max;
  return [
    ...(tooMany
      ? [{ path, message: `${owner} takes at most ${block.max} \`${name}\``, hint: `There are ${objects.length}.` }]
      : []),
    ...objects.flatMap((object, index) =>
      checkArguments(`${owner}.${name}`, isList(value) ? `${path}[${index}]` : path, object, block),
    ),
  ];
}

function unknown(owner: string, path: string, name: string, schema: BlockSchema): Problem {
  const settable = Object.entries(schema.attributes).flatMap(([key, attribute]) =>
    isSettable(attribute) ? [key] : [],
  );
  const near = nearest(name, [...settable, ...Object.keys(schema.blocks)]);
  return {
    path,
    message: `${owner} has no argument \`${name}\``,
    hint: near ? `did you mean \`${near}\`?` : 'See the provider’s documentation of this type.',
  };
}

function missing(args: ValueObject, schema: BlockSchema): string[] {
  const attributes = Object.entries(schema.attributes).flatMap(([name, { flags }]) =>
    flags.includes('r') ? [name] : [],
  );
  const blocks = Object.entries(schema.blocks).flatMap(([name, { min }]) => (min > 0 ? [name] : []));
  return [...attributes, ...blocks].filter((name) => args[name] === undefined);
}

function isSettable({ flags }: AttributeSchema): boolean {
  return flags.includes('r') || flags.includes('o');
}
