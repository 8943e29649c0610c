import type { App } from '../app.ts';
import type { Problem } from '../problem.ts';

type Resources = Pick<App, 'resources'>['resources'];

/** An attribute has one type in a table, whatever key it is part of. */
export function checkTables(resources: Resources = {}): Problem[] {
  return Object.entries(resources).flatMap(([name, resource]) => {
    if (resource.kind !== 'table') return [];
    const types = new Map(Object.entries(resource.key));
    return Object.entries(resource.indexes ?? {}).flatMap(([index, { hash, range = {} }]) =>
      [...Object.entries(hash), ...Object.entries(range)].flatMap(([attribute, type]) => {
        const known = types.get(attribute) ?? type;
        types.set(attribute, known);
        if (known === type) return [];
        return [
          {
            path: `resources.${name}.indexes.${index}`,
            message: `\`${attribute}\` is a ${type} here and a ${known} elsewhere`,
            hint: 'An attribute has the same type in every key of a table.',
          },
        ];
      }),
    );
  });
}
