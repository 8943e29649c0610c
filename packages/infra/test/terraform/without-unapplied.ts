import { asGiven, withStandIns } from './stand-ins.ts';

const arn = (service: string, rest: string) => `"arn:aws:${service}:eu-central-1:123456789012:${rest}"`;

/** What the emulator (moto 5.2) cannot make, with what others read of it. */
const unapplied = {
  // Hangs while it is made.
  aws_opensearch_domain: {
    arn: arn('es', 'domain/search'),
    endpoint: '"search.example.com"',
    domain_name: asGiven,
  },
  aws_opensearch_domain_policy: {},
  // Knows a stream to a domain only when it knows the domain.
  aws_kinesis_firehose_delivery_stream: { arn: arn('firehose', 'deliverystream/logs'), name: asGiven },
  // Reads back a form that the provider does not understand.
  aws_sesv2_configuration_set: { arn: arn('ses', 'configuration-set/mail'), configuration_set_name: asGiven },
  aws_sesv2_configuration_set_event_destination: {},
  // Has no DKIM tokens, a time that the provider does not understand, and stays when it is deleted.
  aws_sesv2_email_identity: {
    arn: arn('ses', 'identity/mail'),
    email_identity: asGiven,
    dkim_signing_attributes: '[{ tokens = ["one", "two", "three"] }]',
  },
  // The operations are missing.
  aws_sesv2_email_identity_mail_from_attributes: { mail_from_domain: asGiven },
  aws_efs_backup_policy: {},
} as const;

/** Names of the types that are validated and planned, and never applied. */
export const unappliedTypes = Object.keys(unapplied);

export function withoutUnapplied(files: ReadonlyMap<string, string>): Map<string, string> {
  return withStandIns(files, unapplied);
}
