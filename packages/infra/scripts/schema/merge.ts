import type {
  AttributeSchema,
  AwsSchema,
  BlockSchema,
  Flags,
  Mode,
  NestedBlock,
  TerraformType,
} from '../../src/aws/schema.ts';

interface RawAttribute {
  type?: TerraformType;
  required?: boolean;
  optional?: boolean;
  computed?: boolean;
  sensitive?: boolean;
  write_only?: boolean;
  deprecated?: boolean;
}
interface RawBlock {
  attributes?: Record<string, RawAttribute>;
  block_types?: Record<
    string,
    { nesting_mode: NestedBlock['nesting']; min_items?: number; max_items?: number; block: RawBlock }
  >;
}
type RawSchemas = Record<string, { block: RawBlock }>;

export interface ProviderSchema {
  resource_schemas: RawSchemas;
  data_source_schemas: RawSchemas;
  ephemeral_resource_schemas?: RawSchemas;
}

/** Types that the newer schema leaves out and the generated configuration needs. */
const extra: Record<Mode, readonly string[]> = {
  resource: [
    'aws_cloudwatch_log_stream',
    'aws_efs_backup_policy',
    'aws_efs_file_system_policy',
    'aws_s3_bucket_logging',
    'aws_sesv2_configuration_set_event_destination',
  ],
  data: ['aws_ssm_parameter', 'aws_ecr_repository'],
  ephemeral: ['aws_secretsmanager_random_password'],
};

/** Part of Terraform itself; in no provider's schema. */
const terraformData: BlockSchema = {
  attributes: {
    id: { type: 'string', flags: 'c' },
    input: { type: 'dynamic', flags: 'o' },
    output: { type: 'dynamic', flags: 'c' },
    triggers_replace: { type: 'dynamic', flags: 'o' },
  },
  blocks: {},
};

/** What both versions of the provider take, for the types of the newer schema. */
export function mergeSchemas(provider: ProviderSchema, newer: ProviderSchema): AwsSchema {
  return {
    resource: sorted({
      ...mergeTypes('resource', provider.resource_schemas, newer.resource_schemas),
      terraform_data: terraformData,
    }),
    data: mergeTypes('data', provider.data_source_schemas, newer.data_source_schemas),
    ephemeral: mergeTypes('ephemeral', provider.ephemeral_resource_schemas ?? {}, {}),
  };
}

function mergeTypes(mode: Mode, provider: RawSchemas, newer: RawSchemas): Record<string, BlockSchema> {
  const types = [...Object.keys(newer), ...extra[mode]];
  const merged = types.map((type): [string, BlockSchema] => {
    const [ours, theirs] = [provider[type]?.block, newer[type]?.block];
    if (!ours && !theirs) throw new Error(`no schema of ${type} was found`);
    return [type, mergeBlocks(ours ?? theirs ?? {}, ours ? theirs : undefined)];
  });
  return sorted(Object.fromEntries(merged));
}

function mergeBlocks(block: RawBlock, newer: RawBlock | undefined): BlockSchema {
  const remains = (name: string, raw: RawAttribute) =>
    !newer || isComputedOnly(raw) || newer.attributes?.[name] !== undefined || newer.block_types?.[name] !== undefined;
  const attributes = Object.entries(block.attributes ?? {}).filter(([name, raw]) => remains(name, raw));
  const blocks = Object.entries(block.block_types ?? {}).filter(
    ([name]) => !newer || newer.block_types?.[name] !== undefined || newer.attributes?.[name] !== undefined,
  );
  return {
    attributes: sorted(Object.fromEntries(attributes.map(([name, raw]) => [name, compactAttribute(raw)]))),
    blocks: sorted(
      Object.fromEntries(
        blocks.map(([name, raw]) => [
          name,
          {
            nesting: raw.nesting_mode,
            min: raw.min_items ?? 0,
            max: raw.max_items ?? 0,
            ...mergeBlocks(raw.block, newer?.block_types?.[name]?.block),
          },
        ]),
      ),
    ),
  };
}

function compactAttribute(raw: RawAttribute): AttributeSchema {
  const flags: [boolean | undefined, Flags][] = [
    [raw.required, 'r'],
    [raw.optional, 'o'],
    [raw.computed, 'c'],
    [raw.sensitive, 's'],
    [raw.write_only, 'w'],
    [raw.deprecated, 'd'],
  ];
  return { type: raw.type ?? 'dynamic', flags: flags.flatMap(([set, flag]) => (set ? [flag] : [])).join('') };
}

function isComputedOnly(raw: RawAttribute): boolean {
  return raw.computed === true && !raw.optional && !raw.required;
}

function sorted<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
