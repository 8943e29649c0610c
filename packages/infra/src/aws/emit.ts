import {
  attribute,
  blank,
  type Block,
  block,
  type Body,
  isExpression,
  isList,
  isValueObject,
  ref,
  type Value,
  type ValueObject,
} from '../hcl/index.ts';
import type { Condition, Declaration, Lifecycle, ResourceDeclaration, VariableArguments } from './declaration.ts';
import { type BlockSchema, schemaOf } from './schema.ts';

/** The blocks of each file, in the order in which they were declared; locals of a file share one block. */
export function fileBodies(declarations: readonly Declaration[], comments: ReadonlyMap<string, string | undefined>) {
  const files = new Map<string, { comment: string | undefined; body: Body }>();
  for (const [name, inFile] of groupByFile(declarations)) {
    const locals = inFile.filter((declaration) => declaration.kind === 'local');
    const first =
      locals.length === 0
        ? []
        : [
            block(
              'locals',
              [],
              locals.map(({ name, value }) => attribute(name, value)),
            ),
          ];
    const blocks = inFile.filter((declaration) => declaration.kind !== 'local').map(emit);
    files.set(name, { comment: comments.get(name), body: [...first, ...blocks] });
  }
  return files;
}

function groupByFile(declarations: readonly Declaration[]): Map<string, Declaration[]> {
  const groups = new Map<string, Declaration[]>();
  for (const declaration of declarations) {
    const group = groups.get(declaration.file) ?? [];
    groups.set(declaration.file, [...group, declaration]);
  }
  return groups;
}

function emit(declaration: Exclude<Declaration, { kind: 'local' }>): Block {
  switch (declaration.kind) {
    case 'variable':
      return block('variable', [declaration.name], variableBody(declaration.args));
    case 'output':
      return block('output', [declaration.name], present({ ...declaration.args }));
    case 'block':
      return block(declaration.type, declaration.labels, declaration.body, declaration.comment);
    default:
      return block(
        declaration.kind,
        [declaration.type, declaration.name],
        resourceBody(declaration),
        declaration.meta.comment,
      );
  }
}

/** `count` first, then arguments, nested blocks, `lifecycle` and `depends_on`, as Terraform's style guide orders them. */
function resourceBody({ kind, type, args, meta }: ResourceDeclaration): Body {
  const schema = schemaOf(kind, type);
  const dependencies = meta.depends_on?.map(({ address }) => ref(address));
  return [
    ...(meta.count === undefined ? [] : [attribute('count', meta.count), blank]),
    ...argumentsBody(args, schema),
    ...(meta.lifecycle ? [lifecycleBlock(meta.lifecycle)] : []),
    ...present({ depends_on: dependencies }),
  ];
}

function argumentsBody(args: ValueObject, schema: BlockSchema | undefined): Body {
  const isBlock = (name: string) => schema?.blocks[name] !== undefined;
  const entries = Object.entries(args).filter((entry): entry is [string, Value] => entry[1] !== undefined);
  const attributes = entries.filter(([name]) => !isBlock(name)).map(([name, value]) => attribute(name, value));
  const blocks = entries
    .filter(([name]) => isBlock(name))
    .flatMap(([name, value]) => nestedBlocks(name, value, schema));
  return [...attributes, ...blocks];
}

function nestedBlocks(name: string, value: Value, schema: BlockSchema | undefined): Block[] {
  const nested = schema?.blocks[name];
  if (isExpression(value) && value.kind === 'each') {
    const content = block('content', [], argumentsBody(value.content, nested));
    return [block('dynamic', [name], [attribute('for_each', value.collection), content])];
  }
  const items = isList(value) ? value : [value];
  if (nested?.nesting === 'map' && isValueObject(value)) {
    return Object.entries(value).map(([key, item]) => block(name, [key], argumentsBody(asObject(item), nested)));
  }
  return items.map((item) => block(name, [], argumentsBody(asObject(item), nested)));
}

/** A nested block given as something else was reported by the check; here it is empty. */
function asObject(value: Value | undefined): ValueObject {
  return value !== undefined && isValueObject(value) ? value : {};
}

function lifecycleBlock({ precondition, postcondition, ignore_changes, comment, ...others }: Lifecycle): Block {
  const ignored = ignore_changes?.map((name) => ref(name));
  const conditions = [
    ...(precondition ? [conditionBlock('precondition', precondition)] : []),
    ...(postcondition ? [conditionBlock('postcondition', postcondition)] : []),
  ];
  return block('lifecycle', [], [...present({ ...others, ignore_changes: ignored }), ...conditions], comment);
}

function conditionBlock(type: string, { condition, error_message }: Condition): Block {
  return block(type, [], present({ condition, error_message }));
}

function variableBody({ type, validation, example: _example, ...args }: VariableArguments): Body {
  return [...present({ type: ref(type), ...args }), ...(validation ? [conditionBlock('validation', validation)] : [])];
}

function present(values: ValueObject): Body {
  return Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [attribute(name, value)]));
}
