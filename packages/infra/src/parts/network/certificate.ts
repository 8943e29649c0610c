import { one, type Stack } from '../../aws/index.ts';
import { access, type Reference } from '../../hcl/index.ts';

/** A certificate for `domain`, proven by a record in its zone. Gives its ARN, known when it is valid. */
export function certificate(stack: Stack, domain: string, zone: Reference): Reference {
  const made = stack.resource(
    'aws_acm_certificate',
    'main',
    { domain_name: domain, validation_method: 'DNS' },
    { lifecycle: { create_before_destroy: true } },
  );
  const proof = one(made.ref('domain_validation_options'));
  const record = stack.resource('aws_route53_record', 'certificate', {
    zone_id: zone,
    name: access(proof, 'resource_record_name'),
    type: access(proof, 'resource_record_type'),
    ttl: 60,
    records: [access(proof, 'resource_record_value')],
    allow_overwrite: true,
  });
  const validated = stack.resource(
    'aws_acm_certificate_validation',
    'main',
    {
      certificate_arn: made.ref('arn'),
      validation_record_fqdns: [record.ref('fqdn')],
      timeouts: { create: '20m' },
    },
    { comment: 'Takes minutes. If it takes longer, the name servers of the zone are not those that its parent names.' },
  );
  return validated.ref('certificate_arn');
}

/** Points `domain` at what AWS gave a name of its own. */
export function aliasRecord(
  stack: Stack,
  zone: Reference,
  domain: string,
  target: { readonly name: Reference; readonly zone_id: Reference },
): void {
  stack.resource('aws_route53_record', 'main', {
    zone_id: zone,
    name: domain,
    type: 'A',
    alias: { ...target, evaluate_target_health: true },
  });
}
