/**
 * Writes src/aws/schema.generated.ts and src/aws/types.generated.ts.
 *
 *   npm run schema:update -- --newer aws-6.66.json [--provider schema.json] [--mirror folder]
 *
 * `--provider` is the output of `terraform providers schema -json`; without it Terraform is run, with the providers of
 * `--mirror` if given. `--newer` has the same shape and comes from a later version: its resource types are taken, what it
 * no longer has is left out, so that what is generated works with both.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { mergeSchemas, type ProviderSchema } from './schema/merge.ts';
import { readProviderSchema } from './schema/read-provider.ts';
import { printSchema } from './schema/print-schema.ts';
import { printTypes } from './schema/print-types.ts';

const { values } = parseArgs({
  options: { provider: { type: 'string' }, newer: { type: 'string' }, mirror: { type: 'string' } },
});
if (!values.newer) throw new Error('--newer <file> is missing: the schema of a later provider version');

const merged = mergeSchemas(readProviderSchema(values.provider, values.mirror), readSchema(values.newer));
write('schema.generated.ts', printSchema(merged));
write('types.generated.ts', printTypes(merged));

function readSchema(path: string): ProviderSchema {
  const { provider_schemas: schemas } = JSON.parse(readFileSync(path, 'utf8')) as {
    provider_schemas: Record<string, ProviderSchema>;
  };
  const [schema] = Object.values(schemas);
  if (!schema) throw new Error(`${path} holds no provider's schema`);
  return schema;
}

function write(name: string, content: string): void {
  writeFileSync(new URL(`../src/aws/${name}`, import.meta.url), content);
}
