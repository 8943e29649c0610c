import { nearest, type Problem } from '@keelson/contract';
import { checkArguments } from './check-arguments.ts';
import { checkReferences } from './check-references.ts';
import { addressOf, type Declaration, isResource } from './declaration.ts';

import { knownTypes, schemaOf } from './schema.ts';

/** Everything that Terraform or the provider would refuse in the declarations of one directory. */
export function checkStack(declarations: readonly Declaration[]): Problem[] {
  return [
    ...checkDuplicates(declarations),
    ...declarations.filter(isResource).flatMap((declaration) => {
      const schema = schemaOf(declaration.kind, declaration.type);
      if (schema) return checkArguments(declaration.type, addressOf(declaration), declaration.args, schema);
      const near = nearest(declaration.type, knownTypes(declaration.kind));
      return [
        {
          path: addressOf(declaration),
          message: `there is no ${declaration.kind} type \`${declaration.type}\``,
          hint: near ? `Did you mean \`${near}\`?` : 'Write it in a .tf file of your own beside the generated ones.',
        },
      ];
    }),
    ...checkReferences(declarations),
  ];
}

function checkDuplicates(declarations: readonly Declaration[]): Problem[] {
  const seen = new Map<string, string>();
  return declarations.flatMap((declaration) => {
    if (declaration.kind === 'block') return [];
    const address = addressOf(declaration);
    const first = seen.get(address);
    if (first === undefined) {
      seen.set(address, declaration.file);
      return [];
    }
    return [
      {
        path: address,
        message: `is declared twice, in ${first} and ${declaration.file}`,
        hint: 'Give one of them another name.',
      },
    ];
  });
}
