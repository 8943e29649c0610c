import type { App } from '../app.ts';
import type { Problem } from '../problem.ts';
import { listed } from './words.ts';

type Parts = Pick<App, 'services' | 'resources'>;

/**
 * What accounts and mail need beside them.
 * @param names every resource that was named, those of the wrong shape too
 */
export function checkAccounts({ services, resources = {} }: Parts, names: readonly string[]): Problem[] {
  return [
    ...Object.entries(resources).flatMap(([name, resource]) =>
      resource.kind === 'accounts' ? registration(`resources.${name}`, resource) : [],
    ),
    ...Object.entries(services).flatMap(([name, { uses = [] }]) => {
      const kinds = new Set<string | undefined>(uses.map((used) => resources[used]?.kind));
      // One of the wrong shape may be what is needed: it has a problem of its own already.
      if (uses.some((used) => names.includes(used) && !resources[used])) return [];
      const needed = kinds.has('accounts') ? ['postgres', 'mail'] : kinds.has('mail') ? ['postgres'] : [];
      return needed
        .filter((kind) => !kinds.has(kind))
        .map((kind) => ({
          path: `services.${name}.uses`,
          message: `${kinds.has('accounts') ? '`accounts`' : '`mail`'} needs a resource of the kind \`${kind}\``,
          hint: wayTo(kind, resources),
        }));
    }),
  ];
}

function wayTo(kind: string, resources: NonNullable<Parts['resources']>): string {
  const there = Object.keys(resources).filter((name) => resources[name]?.kind === kind);
  if (there.length > 0) return `There is ${listed(there)}: write it into \`uses\`.`;
  return `Add one, for example \`${kind === 'mail' ? 'mail' : 'db'}: { kind: '${kind}' }\`, and name it here.`;
}

function registration(
  path: string,
  { registration = 'first', domains }: { registration?: string; domains?: readonly string[] },
): Problem[] {
  const isNone = domains === undefined || domains.length === 0;
  if (registration === 'domain' && isNone) {
    const message = domains ? 'is empty' : 'is missing';
    return [{ path: `${path}.domains`, message, hint: "List mail domains: `domains: ['example.com']`." }];
  }
  if (registration !== 'domain' && !isNone) {
    const hint = "Write `registration: 'domain'`, or leave `domains` out.";
    return [{ path: `${path}.domains`, message: `means nothing with \`${registration}\``, hint }];
  }
  return [];
}
