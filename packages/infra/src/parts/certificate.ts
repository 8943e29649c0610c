import { one, type Stack } from '../aws/index.ts';
import { access, type Reference } from '../hcl/index.ts';

export interface Certificate {
  /** Known when the certificate is valid. */
  readonly arn: Reference;
  /** Id of the hosted zone. */
  readonly zone: Reference;
}

/** A certificate for `domain`, proven by a record in its zone. */
export function certificate(stack: Stack, domain: string, hostedZone: string): Certificate {
  const zone = stack.data('aws_route53_zone', 'main', { name: hostedZone }).ref('zone_id');
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
  const validated = stack.resource('aws_acm_certificate_validation', 'main', {
    certificate_arn: made.ref('arn'),
    validation_record_fqdns: [record.ref('fqdn')],
  });
  return { arn: validated.ref('certificate_arn'), zone };
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
