import type { Stack } from '../aws/index.ts';
import { attribute, block } from '../hcl/index.ts';

export interface VersionArgs {
  readonly region: string;
  /** ECS Express Mode needs a provider of at least 6.50. */
  readonly hasExpress: boolean;
  /** Roles that read no secrets need a provider of at least 6.26. */
  readonly readsNoSecrets?: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** Terraform, the provider, and the tags of everything it makes. */
export function versions(stack: Stack, { region, hasExpress, readsNoSecrets = false, tags }: VersionArgs): void {
  const oldest = hasExpress ? '6.50' : readsNoSecrets ? '6.26' : '5.100';
  const version = `>= ${oldest}, < 7.0`;
  stack.block(
    'terraform',
    [],
    [
      attribute('required_version', '>= 1.11'),
      block('required_providers', [], [attribute('aws', { source: 'hashicorp/aws', version })]),
    ],
  );
  stack.block('provider', ['aws'], [attribute('region', region), block('default_tags', [], [attribute('tags', tags)])]);
}

export function tagsOf(app: string, environment: string): Record<string, string> {
  return { Project: app, Environment: environment, ManagedBy: 'keelson' };
}
