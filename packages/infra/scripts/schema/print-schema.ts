import type { AwsSchema, BlockSchema } from '../../src/aws/schema.ts';

/** One line of JSON per type: quick to load, because only what is used is parsed, and a diff shows which type changed. */
export function printSchema(schema: AwsSchema): string {
  const modes = Object.entries(schema).map(([mode, types]) => {
    const lines = Object.entries(types).map(([type, block]) => `    ${type}: '${JSON.stringify(pack(block))}',`);
    return [`  ${mode}: {`, ...lines, '  },'].join('\n');
  });
  return `// Written by scripts/update-schema.ts: what the AWS provider 5.100 and the later version both take.

/** Schemas as JSON by mode and type; \`schemaOf\` reads them. */
export const packedSchema: Readonly<Record<'resource' | 'data' | 'ephemeral', { readonly [type: string]: string }>> = {
${modes.join('\n')}
};
`;
}

function pack({ attributes, blocks }: BlockSchema): unknown[] {
  return [
    Object.fromEntries(Object.entries(attributes).map(([name, { type, flags }]) => [name, [type, flags]])),
    Object.fromEntries(
      Object.entries(blocks).map(([name, { nesting, min, max, ...block }]) => [name, [nesting, min, max, pack(block)]]),
    ),
  ];
}
