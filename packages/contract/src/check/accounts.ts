import type { App } from '../app.ts';
import type { Problem } from '../problem.ts';

type Parts = Pick<App, 'services' | 'resources'>;

/** What accounts and mail need beside them. */
export function checkAccounts({ services, resources = {} }: Parts): Problem[] {
  return [
    ...Object.entries(resources).flatMap(([name, resource]) =>
      resource.kind === 'accounts' ? registration(`resources.${name}`, resource) : [],
    ),
    ...Object.entries(services).flatMap(([name, { uses = [] }]) => {
      const kinds = new Set<string | undefined>(uses.map((used) => resources[used]?.kind));
      const needed = kinds.has('accounts') ? ['postgres', 'mail'] : kinds.has('mail') ? ['postgres'] : [];
      return needed
        .filter((kind) => !kinds.has(kind))
        .map((kind) => ({
          path: `services.${name}.uses`,
          message: `${kinds.has('accounts') ? '`accounts`' : '`mail`'} needs a resource of the kind \`${kind}\``,
          hint: `Add one, for example \`${kind === 'mail' ? 'mail' : 'db'}: { kind: '${kind}' }\`, and name it here.`,
        }));
    }),
  ];
}

function registration(
  path: string,
  { registration = 'first', domains = [] }: { registration?: string; domains?: readonly string[] },
): Problem[] {
  if (registration === 'domain' && domains.length === 0) {
    return [{ path: `${path}.domains`, message: 'is missing', hint: "List mail domains: `domains: ['example.com']`." }];
  }
  if (registration !== 'domain' && domains.length > 0) {
    const hint = "Write `registration: 'domain'`, or leave `domains` out.";
    return [{ path: `${path}.domains`, message: `means nothing with \`${registration}\``, hint }];
  }
  return [];
}
