import { nearest, type Problem } from '@keelson/contract';
import { addressOf, type Declaration, isResource, type ResourceDeclaration } from './declaration.ts';

import { parseReference, type ParsedReference, referencesOf } from './references.ts';
import { type BlockSchema, schemaOf } from './schema.ts';

/** References to what is not declared, to attributes that do not exist, or without the index that `count` asks for. */
export function checkReferences(declarations: readonly Declaration[]): Problem[] {
  const declared = new Map(declarations.map((declaration) => [addressOf(declaration), declaration]));
  return declarations.flatMap((declaration) => {
    const paths = [...new Set(referencesOf(declaration))];
    return paths.flatMap((path) => checkReference(path, addressOf(declaration), declared));
  });
}

function checkReference(path: string, from: string, declared: ReadonlyMap<string, Declaration>): Problem[] {
  if (/^(self|count|each|path|terraform)\./.test(path)) return [];
  const parsed = parseReference(path);
  const address = parsed ? targetAddress(parsed) : path.split(/[.[]/, 2).join('.');
  const target = declared.get(address);
  if (!target) {
    const near = nearest(address, [...declared.keys()]);
    return [
      {
        path: from,
        message: `refers to \`${path}\`, which is not declared`,
        hint: near ? `did you mean \`${near}\`?` : `Declare \`${address}\`.`,
      },
    ];
  }
  return parsed && isResource(target)
    ? [...checkIndex(path, from, parsed, target), ...checkAttribute(from, parsed, target)]
    : [];
}

function targetAddress({ mode, type, name }: ParsedReference): string {
  return mode === 'resource' ? `${type}.${name}` : `${mode}.${type}.${name}`;
}

function checkIndex(path: string, from: string, parsed: ParsedReference, target: ResourceDeclaration): Problem[] {
  if (parsed.attribute === undefined) return [];
  const isCounted = target.meta.count !== undefined;
  if (isCounted === (parsed.index !== undefined)) return [];
  const address = targetAddress(parsed);
  const message = `refers to \`${path}\`, but ${address} ${isCounted ? 'has' : 'has no'} \`count\``;
  return [
    {
      path: from,
      message,
      hint: isCounted ? `Write \`${address}[*]\` or \`${address}[0]\`.` : `Write \`${address}\`.`,
    },
  ];
}

function checkAttribute(from: string, { attribute }: ParsedReference, target: ResourceDeclaration): Problem[] {
  const schema = schemaOf(target.kind, target.type);
  if (!schema || attribute === undefined || hasName(schema, attribute)) return [];
  const near = nearest(attribute, [...Object.keys(schema.attributes), ...Object.keys(schema.blocks)]);
  return [
    {
      path: from,
      message: `refers to \`${addressOf(target)}.${attribute}\`, but ${target.type} has no attribute \`${attribute}\``,
      hint: near ? `did you mean \`${near}\`?` : 'See the provider’s documentation of this type.',
    },
  ];
}

function hasName(schema: BlockSchema, name: string): boolean {
  return schema.attributes[name] !== undefined || schema.blocks[name] !== undefined;
}
