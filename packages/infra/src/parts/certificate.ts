import { type Handle, one, type Stack } from '../aws/index.ts';
import { access, type Reference } from '../hcl/index.ts';

/** A certificate for `domain`, proven by a record in its zone, and the record that points there. Gives the certificate's ARN. */
export function certificate(
  stack: Stack,
  domain: string,
  hostedZone: string,
  balancer: Handle<'dns_name' | 'zone_id'>,
): Reference {
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
  stack.resource('aws_route53_record', 'main', {
    zone_id: zone,
    name: domain,
    type: 'A',
    alias: { name: balancer.ref('dns_name'), zone_id: balancer.ref('zone_id'), evaluate_target_health: true },
  });
  return stack
    .resource('aws_acm_certificate_validation', 'main', {
      certificate_arn: made.ref('arn'),
      validation_record_fqdns: [record.ref('fqdn')],
    })
    .ref('certificate_arn');
}
