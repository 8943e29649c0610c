import type { App, Problem } from '@keelson/contract';
import { addressOf } from '../aws/declaration.ts';
import type { Stack } from '../aws/index.ts';
import { identifier } from './site.ts';

/** Services and resources whose names in Terraform are Keelson's own: a service `load-balancer` has the load balancer's. */
export function checkOwnNames(app: App, stack: Pick<Stack, 'declarations'>): Problem[] {
  const named = (['services', 'resources'] as const).flatMap((part) =>
    Object.keys(app[part] ?? {}).map((name) => ({ id: identifier(name), path: `${part}.${name}` })),
  );
  return twice(stack).flatMap((address) => {
    const id = address.split('.').at(-1) ?? '';
    const [owner] = named
      .filter((each) => id === each.id || id.startsWith(`${each.id}_`))
      .sort((one, other) => other.id.length - one.id.length);
    if (!owner) return [];
    const message = `\`${address}\` of its Terraform is the name of something else already`;
    return [{ path: owner.path, message, hint: 'Give it another name, also where it is named.' }];
  });
}

function twice({ declarations }: Pick<Stack, 'declarations'>): string[] {
  const addresses = declarations.filter(({ kind }) => kind !== 'block').map(addressOf);
  return [...new Set(addresses.filter((address, index) => addresses.indexOf(address) < index))];
}
