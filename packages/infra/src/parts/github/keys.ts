import type { Scope } from './services.ts';
import type { Statement } from '../access/policy.ts';

/** Whoever writes a secret uses its key, through Secrets Manager; nothing is decrypted in another way. */
export function keyStatements(made: readonly string[], scope: Scope): Statement[] {
  if (!made.includes('kms')) return [];
  return [
    ...keyUse(made, scope),
    {
      sid: 'LetServicesUseKey',
      actions: ['kms:CreateGrant'],
      resources: [scope.account.arn('kms', 'key/*')],
      condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
  ];
}

/** Whose key it is cannot be said before it is made; what it has encrypted is only given out by the service that keeps it. */
export function keyUse(used: readonly string[], { account }: Scope): Statement[] {
  if (!used.includes('kms')) return [];
  return [
    {
      sid: 'UseKeyThroughServices',
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: [account.arn('kms', 'key/*')],
      condition: { StringLike: { 'kms:ViaService': `*.${account.region}.amazonaws.com` } },
    },
  ];
}

export function usesKey(action: string): boolean {
  return /^kms:(Decrypt|GenerateDataKey)/.test(action);
}
