import type { Stack } from '../../aws/index.ts';
import { explained, type Reference } from '../../hcl/index.ts';
import { mailSender, type Site, type SiteResource } from '../../site/site.ts';
import { pascal } from '../database/aurora.ts';
import type { Grant } from '../access/grant.ts';
import { mailRecords } from './mail-records.ts';
import type { Note } from '../note.ts';

export interface Mail {
  readonly grant: Grant;
  readonly notes: readonly Note[];
}

/** Mail through SES: a domain that may send, with everything that receivers look for, and the right to send as one address. */
export function mail(stack: Stack, site: Site, resource: SiteResource, zone: () => Reference): Mail {
  const sender = mailSender(site, resource);
  const domain = sender.slice(sender.indexOf('@') + 1);
  const { id } = resource;
  const settings = configurationSet(stack, site, resource);
  const identity = stack.resource(
    'aws_sesv2_email_identity',
    id,
    {
      email_identity: domain,
      configuration_set_name: settings.ref('configuration_set_name'),
      dkim_signing_attributes: { next_signing_key_length: 'RSA_2048_BIT' },
    },
    {
      comment:
        'SES signs what this domain sends (DKIM), once it has seen the records below; that takes minutes to hours.',
    },
  );
  mailRecords(stack, site, { id, domain, identity, zone: zone() });
  return {
    grant: {
      environment: {
        MAIL_URL: explained(`ses://${site.region}`, 'Holds no secret: SES looks at the role of the task.'),
        MAIL_FROM: sender,
      },
      statements: [
        {
          sid: `Send${pascal(id)}`,
          actions: ['ses:SendEmail', 'ses:SendRawEmail'],
          resources: [identity.ref('arn'), settings.ref('arn')],
          condition: { StringEquals: { 'ses:FromAddress': sender } },
        },
      ],
      reach: [],
    },
    notes: [sandbox(site, sender, domain)],
  };
}

/** Mail goes over TLS or not at all; addresses that bounced or complained get none, and are counted in CloudWatch. */
function configurationSet(stack: Stack, site: Site, { id, name }: SiteResource) {
  const made = stack.resource('aws_sesv2_configuration_set', id, {
    configuration_set_name: `${site.prefix}-${name}`,
    delivery_options: { tls_policy: 'REQUIRE' },
    reputation_options: { reputation_metrics_enabled: true },
    sending_options: { sending_enabled: true },
    suppression_options: { suppressed_reasons: ['BOUNCE', 'COMPLAINT'] },
  });
  stack.resource('aws_sesv2_configuration_set_event_destination', id, {
    configuration_set_name: made.ref('configuration_set_name'),
    event_destination_name: 'cloudwatch',
    event_destination: {
      enabled: true,
      matching_event_types: ['BOUNCE', 'COMPLAINT', 'REJECT'],
      cloud_watch_destination: {
        dimension_configuration: {
          dimension_name: 'ses:configuration-set',
          dimension_value_source: 'MESSAGE_TAG',
          default_dimension_value: 'none',
        },
      },
    },
  });
  return made;
}

function sandbox(site: Site, sender: string, domain: string): Note {
  const steps = [
    `1. Wait until SES has verified ${domain}: aws sesv2 get-email-identity --region ${site.region} --email-identity ${domain} --query VerifiedForSendingStatus`,
    `2. A new account is in the sandbox of SES, and mail reaches addresses at ${domain} alone: for a verified recipient elsewhere SES wants a right to that identity, and the service has none but to this one. Ask to leave the sandbox, once per account and region:`,
    `aws sesv2 put-account-details --region ${site.region} --production-access-enabled --mail-type TRANSACTIONAL --website-url https://${site.domain ?? domain} --use-case-description "Confirmation and password mails"`,
    'AWS answers within a day; until then the service keeps its mail and retries.',
    `3. aws sesv2 get-account --region ${site.region} --query ProductionAccessEnabled`,
  ];
  return {
    name: 'mail_steps',
    description: `What a person does before ${sender} reaches anyone; once per account and region`,
    value: steps,
  };
}
