import type { Handle, Stack } from '../../aws/index.ts';
import { ref, type Reference, text } from '../../hcl/index.ts';
import type { Site } from '../../site/site.ts';

export interface MailRecordArgs {
  readonly id: string;
  readonly domain: string;
  readonly identity: Handle<'email_identity' | 'dkim_signing_attributes'>;
  /** Id of the hosted zone that holds `domain`. */
  readonly zone: Reference;
}

/** SES gives as many. Source: AWS, “Easy DKIM in Amazon SES” */
const dkimKeys = 3;

/** Regions where the keys are at a host of their own. Source: AWS General Reference, “Amazon SES endpoints and quotas” */
const ownHost: ReadonlySet<string> = new Set([
  'af-south-1',
  'ap-northeast-3',
  'ap-south-2',
  'ap-southeast-3',
  'ap-southeast-5',
  'ca-west-1',
  'eu-central-2',
  'eu-south-1',
  'il-central-1',
  'me-central-1',
  'us-gov-east-1',
]);

/** What receivers ask DNS before they take mail of the domain: DKIM (RFC 6376), SPF (RFC 7208), DMARC (RFC 7489). */
export function mailRecords(stack: Stack, site: Site, args: MailRecordArgs): void {
  const { id, domain, identity, zone } = args;
  const keys = ownHost.has(site.region) ? `dkim.${site.region}.amazonses.com` : 'dkim.amazonses.com';
  const tokens = `${identity.address}.dkim_signing_attributes[0].tokens[count.index]`;
  stack.resource(
    'aws_route53_record',
    `${id}_dkim`,
    {
      zone_id: zone,
      name: text`${ref(tokens)}._domainkey.${domain}`,
      type: 'CNAME',
      ttl: 600,
      records: [text`${ref(tokens)}.${keys}`],
    },
    { count: dkimKeys },
  );
  const bounces = stack.resource(
    'aws_sesv2_email_identity_mail_from_attributes',
    id,
    {
      email_identity: identity.ref('email_identity'),
      mail_from_domain: `bounce.${domain}`,
      behavior_on_mx_failure: 'USE_DEFAULT_VALUE',
    },
    { comment: 'Bounces come back to a name of the domain, so that SPF speaks for it too and not for amazonses.com.' },
  );
  const name = bounces.ref('mail_from_domain');
  stack.resource('aws_route53_record', `${id}_bounce_mx`, {
    zone_id: zone,
    name,
    type: 'MX',
    ttl: 600,
    records: [`10 feedback-smtp.${site.region}.amazonses.com`],
  });
  stack.resource('aws_route53_record', `${id}_bounce_spf`, {
    zone_id: zone,
    name,
    type: 'TXT',
    ttl: 600,
    records: ['v=spf1 include:amazonses.com -all'],
  });
  stack.resource(
    'aws_route53_record',
    `${id}_dmarc`,
    { zone_id: zone, name: `_dmarc.${domain}`, type: 'TXT', ttl: 600, records: ['v=DMARC1; p=quarantine'] },
    { comment: 'Mail in the name of the domain that neither DKIM nor SPF speaks for is spam.' },
  );
}
