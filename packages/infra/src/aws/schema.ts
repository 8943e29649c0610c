import { packedSchema } from './schema.generated.ts';

/** A type as Terraform writes it in JSON: `"string"`, `["list","string"]`, `["object",{…}]`; `dynamic` when unknown. */
export type TerraformType =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | readonly ['list', TerraformType]
  | readonly ['set', TerraformType]
  | readonly ['map', TerraformType]
  | readonly ['object', { readonly [name: string]: TerraformType }];

/** Required, optional, computed, sensitive, write-only, deprecated. */
export type Flags = 'r' | 'o' | 'c' | 's' | 'w' | 'd';

export interface AttributeSchema {
  readonly type: TerraformType;
  /** Letters of `Flags`. */
  readonly flags: string;
}

export interface BlockSchema {
  readonly attributes: { readonly [name: string]: AttributeSchema };
  readonly blocks: { readonly [name: string]: NestedBlock };
}

export interface NestedBlock extends BlockSchema {
  readonly nesting: 'list' | 'set' | 'single' | 'map';
  readonly min: number;
  /** 0: any number. */
  readonly max: number;
}

/** `resource` is made by Terraform, `data` is read, `ephemeral` exists during a run and in no state. */
export type Mode = 'resource' | 'data' | 'ephemeral';

export type AwsSchema = Readonly<Record<Mode, { readonly [type: string]: BlockSchema }>>;

type Packed = [attributes: Record<string, [TerraformType, string]>, blocks: PackedBlocks];
interface PackedBlocks {
  [name: string]: [nesting: NestedBlock['nesting'], min: number, max: number, block: Packed];
}

const unpacked = new Map<string, BlockSchema>();

/** The schema of one type, unpacked when first asked for; `undefined` when it is not known. */
export function schemaOf(mode: Mode, type: string): BlockSchema | undefined {
  const key = `${mode} ${type}`;
  const packed = packedSchema[mode][type];
  if (packed === undefined) return undefined;
  const schema = unpacked.get(key) ?? unpack(JSON.parse(packed) as Packed);
  unpacked.set(key, schema);
  return schema;
}

export function knownTypes(mode: Mode): string[] {
  return Object.keys(packedSchema[mode]);
}

function unpack([attributes, blocks]: Packed): BlockSchema {
  return {
    attributes: mapValues(attributes, ([type, flags]) => ({ type, flags })),
    blocks: mapValues(blocks, ([nesting, min, max, block]) => ({ nesting, min, max, ...unpack(block) })),
  };
}

/** Without a prototype, so that an argument named `constructor` is as unknown as any other. */
function mapValues<T, U>(record: Record<string, T>, change: (value: T) => U): { [name: string]: U } {
  const entries = Object.entries(record).map(([name, value]): [string, U] => [name, change(value)]);
  return Object.assign(Object.create(null) as { [name: string]: U }, Object.fromEntries(entries));
}

export function isMode(value: string): value is Mode {
  return value === 'resource' || value === 'data' || value === 'ephemeral';
}
