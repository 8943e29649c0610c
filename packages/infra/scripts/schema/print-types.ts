import type { AwsSchema, BlockSchema, NestedBlock, TerraformType } from '../../src/aws/schema.ts';

/** TypeScript types of the arguments and attributes of every type of the schema. */
export function printTypes(schema: AwsSchema): string {
  const interfaces = Object.entries(schema).flatMap(([mode, types]) => {
    const prefix = mode.charAt(0).toUpperCase() + mode.slice(1);
    const entries = Object.entries(types);
    return [
      printInterface(
        `${prefix}Arguments`,
        entries.map(([type, block]) => `  ${type}: ${printBlock(block, 1)};`),
      ),
      printInterface(
        `${prefix}Attributes`,
        entries.map(([type, block]) => `  ${type}: ${printNames(block)};`),
      ),
    ];
  });
  return `// Written by scripts/update-schema.ts: what the AWS provider 5.100 and the later version both take.
import type { Bool, Dynamic, List, MapOf, Num, OneOrMore, Text } from './argument-types.ts';

${interfaces.join('\n')}`;
}

function printInterface(name: string, members: string[]): string {
  return `export interface ${name} {\n${members.join('\n')}\n}\n`;
}

function printBlock({ attributes, blocks }: BlockSchema, depth: number): string {
  const pad = '  '.repeat(depth + 1);
  const settable = Object.entries(attributes).filter(([, { flags }]) => flags.includes('r') || flags.includes('o'));
  const members = [
    ...settable.map(([name, { type, flags }]) => member(name, printType(type), flags.includes('r'))),
    ...Object.entries(blocks).map(([name, block]) => member(name, printNested(block, depth + 1), block.min > 0)),
  ];
  return members.length === 0 ? '{}' : `{\n${members.map((line) => pad + line).join('\n')}\n${'  '.repeat(depth)}}`;
}

function member(name: string, type: string, required: boolean): string {
  return required ? `${name}: ${type};` : `${name}?: ${type} | undefined;`;
}

function printNested(block: NestedBlock, depth: number): string {
  const printed = printBlock(block, depth);
  if (block.nesting === 'map') return `{ [key: string]: ${printed} }`;
  return block.nesting === 'single' || block.max === 1 ? printed : `OneOrMore<${printed}>`;
}

function printType(type: TerraformType): string {
  if (typeof type === 'string') return { string: 'Text', number: 'Num', bool: 'Bool', dynamic: 'Dynamic' }[type];
  if (type[0] === 'map') return `MapOf<${printType(type[1])}>`;
  if (type[0] !== 'object') return `List<${printType(type[1])}>`;
  const members = Object.entries(type[1]).map(([name, member]) => `${name}?: ${printType(member)} | undefined`);
  return `{ ${members.join('; ')} }`;
}

function printNames({ attributes, blocks }: BlockSchema): string {
  return [...Object.keys(attributes), ...Object.keys(blocks)].map((name) => `'${name}'`).join(' | ');
}
