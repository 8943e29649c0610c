import type { Stack } from '../aws/index.ts';
import { call, type Expression, ref, type Reference } from '../hcl/index.ts';
import type { Site, SiteResource } from '../site/site.ts';
import type { Grant } from './access/grant.ts';
import { generatedSecret, readSecrets } from './secrets/secrets.ts';

/** Accounts of one's own: the secret their signing keys are made from, and who may register. */
export function accounts(stack: Stack, site: Site, { name, resource }: SiteResource): Grant {
  if (resource.kind !== 'accounts') throw new TypeError(`\`${name}\` are no accounts`);
  const { registration = 'first', domains = [], anyoneMayRegister = false } = resource;
  const keys = generatedSecret(stack.file('secrets.tf'), site, {
    name: 'ACCOUNT_KEYS',
    description: 'Secret that the keys of access tokens are made from',
  });
  const environment: Record<string, string | Expression> = {
    ACCOUNT_KEYS_SECRET_ARN: keys,
    ACCOUNT_REGISTRATION: registration,
    ...(domains.length === 0 ? {} : { ACCOUNT_DOMAINS: domains.join(',') }),
    ...(anyoneMayRegister ? { ACCOUNT_OPEN_TO_ANYONE: '1' } : {}),
    ...(registration === 'first' ? { ADMIN_EMAIL: adminEmail(stack.file('variables.tf')) } : {}),
  };
  return { environment, statements: [readSecrets('ReadAccountKeys', [keys])], reach: [] };
}

/** Nobody else can become the first administrator, however early they find the address. */
function adminEmail(stack: Stack): Reference {
  const example = 'admin@example.com';
  return stack.variable('admin_email', {
    type: 'string',
    description: 'Address of the first administrator: whoever reads its mail registers first',
    example,
    validation: {
      condition: call('can', call('regex', '^[^@ ,]+@[^@ ,]+\\.[^@ ,]+$', ref('var.admin_email'))),
      error_message: `Write one address: ${example}`,
    },
  });
}
