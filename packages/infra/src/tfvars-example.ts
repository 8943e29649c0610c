import type { Stack } from './aws/index.ts';
import { attribute, explained, printFile } from './hcl/index.ts';

/** The variables that a person has to fill in, or `undefined` when there is none. */
export function tfvarsExample(stack: Stack): string | undefined {
  const entries = stack.declarations.flatMap((declaration) => {
    if (declaration.kind !== 'variable' || declaration.args.default !== undefined) return [];
    const { description, example } = declaration.args;
    return [attribute(declaration.name, explained(example ?? '', description))];
  });
  return entries.length === 0 ? undefined : printFile(entries, 'Copy to terraform.tfvars and fill in.');
}
