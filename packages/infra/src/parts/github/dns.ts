import type { Stack } from '../../aws/index.ts';
import { text } from '../../hcl/index.ts';
import { resourcesIn, sorted } from './own.ts';
import type { Scope } from './services.ts';
import { explained } from '../../hcl/index.ts';
import type { Statement } from '../access/policy.ts';

const names = 'route53:ChangeResourceRecordSetsNormalizedRecordNames';

/**
 * Records of the environment's own names, in whichever zone holds them.
 * Source: Amazon Route 53, “Using IAM policy conditions for fine-grained access control”
 */
export function dnsStatements(stack: Stack, { account }: Scope): Statement[] {
  const zones = text`arn:${account.partition}:route53:::hostedzone/*`;
  const records = recordNames(stack);
  return [
    ...(records.length === 0
      ? []
      : [
          {
            sid: 'WriteOwnRecords',
            actions: ['route53:ChangeResourceRecordSets'],
            resources: [zones],
            condition: { 'ForAllValues:StringLike': { [names]: records }, Null: { [names]: 'false' } },
          },
        ]),
    ...(resourcesIn([stack]).some(({ type }) => type === 'aws_service_discovery_private_dns_namespace')
      ? [
          {
            sid: 'KeepPrivateZone',
            actions: ['route53:AssociateVPCWithHostedZone', 'route53:DeleteHostedZone'],
            resources: [
              explained(
                zones,
                'Cloud Map makes the zone of its namespace for whoever makes that. AWS has no condition that tells it from others: a zone can be deleted once it holds no records.',
              ),
            ],
          },
        ]
      : []),
  ];
}

/** As AWS compares them: in lower case, without a dot at the end. */
function recordNames(stack: Stack): string[] {
  const found = resourcesIn([stack]).flatMap(({ kind, type, args }) => {
    const name = args[arguments_[kind === 'resource' ? type : ''] ?? ''];
    if (typeof name !== 'string') return [];
    // Proofs for certificates and signatures of mail are below it, under names that AWS makes.
    if (type === 'aws_acm_certificate') return [name, `_*.${name}`];
    return type === 'aws_sesv2_email_identity' ? [`*._domainkey.${name}`, `bounce.${name}`] : [name];
  });
  const all = sorted(found.map((name) => name.toLowerCase()));
  // `_dmarc.<domain>` is among `_*.<domain>`.
  return all.filter(
    (name) =>
      !all.some(
        (other) => other !== name && other.startsWith('_*.') && name.startsWith('_') && name.endsWith(other.slice(2)),
      ),
  );
}

const arguments_: Readonly<Record<string, string>> = {
  aws_acm_certificate: 'domain_name',
  aws_route53_record: 'name',
  aws_sesv2_email_identity: 'email_identity',
};
