import { describe, expect, test } from 'vitest';
import { synth } from '../../src/index.ts';
import { environmentOf, environmentStack, resourcesOf, usersResources, usersWith } from './apps.ts';
import { statementsOf } from './statements.ts';

describe('mail', () => {
  const stack = environmentStack(usersWith());

  test('may be sent as one address, by one identity and its configuration set', () => {
    const [statement] = statementsOf(stack, 'api_task').filter(({ Sid }) => Sid === 'SendMail');
    expect(statement).toMatchObject({
      Action: ['ses:SendEmail', 'ses:SendRawEmail'],
      Resource: [{ path: 'aws_sesv2_email_identity.mail.arn' }, { path: 'aws_sesv2_configuration_set.mail.arn' }],
      Condition: { StringEquals: { 'ses:FromAddress': 'no-reply@dev.example.com' } },
    });
  });

  test('has the records that receivers look for, in the zone of the domain', () => {
    const records = synth(usersWith()).files.get('dev/mail.tf') ?? '';
    const printed = records.replaceAll(/ +/g, ' ');
    for (const line of [
      'count = 3',
      'type = "CNAME"',
      '.dkim.amazonses.com"',
      'mail_from_domain = "bounce.dev.example.com"',
      'records = ["10 feedback-smtp.eu-central-1.amazonses.com"]',
      'records = ["v=spf1 include:amazonses.com -all"]',
      'name = "_dmarc.dev.example.com"',
      'records = ["v=DMARC1; p=quarantine"]',
      'suppressed_reasons = ["BOUNCE", "COMPLAINT"]',
      'matching_event_types = ["BOUNCE", "COMPLAINT", "REJECT"]',
      'tls_policy = "REQUIRE"',
    ]) {
      expect(printed).toContain(line);
    }
    const zones = resourcesOf(stack, 'aws_route53_record').map(({ args }) => args.zone_id);
    expect(new Set(zones.map((zone) => (zone as { path: string }).path))).toEqual(
      new Set(['data.aws_route53_zone.main.zone_id']),
    );
  });

  test.each([
    ['eu-central-1', 'dkim.amazonses.com'],
    ['eu-south-1', 'dkim.eu-south-1.amazonses.com'],
  ])('has its keys where SES keeps those of %s', (region, host) => {
    expect(synth(usersWith({ region })).files.get('dev/mail.tf')).toContain(`.tokens[count.index]}.${host}"`);
  });

  test('tells what a person has to do: leave the sandbox of SES', () => {
    const outputs = synth(usersWith()).files.get('dev/outputs.tf') ?? '';
    expect(outputs).toMatch(/output "mail_steps"[^]*put-account-details/);
    expect(outputs).toContain('mail reaches addresses at dev.example.com alone');
  });

  test('the sender is filled in', () => {
    const resources = { ...usersResources, mail: { kind: 'mail', from: '{app}@post.{domain}' } } as const;
    const filled = environmentStack(usersWith({ resources }));
    expect(environmentOf(filled, 'api').MAIL_FROM).toBe('users@post.dev.example.com');
    expect(resourcesOf(filled, 'aws_sesv2_email_identity')[0]?.args.email_identity).toBe('post.dev.example.com');
  });
});
