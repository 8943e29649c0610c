import { describe, expect, test } from 'vitest';
import { synth } from '../../src/index.ts';
import { usersInContainer } from '../synth/apps.ts';
import { template } from '../template.ts';
import { lackingForTerraform, saySkipped } from '../tools.ts';
import { withoutEphemeral } from './stand-ins.ts';
import { unappliedTypes } from './without-unapplied.ts';
import { workspaces } from './workspaces.ts';

/** Read by `terraform test`, which makes up what AWS would answer: nothing is asked of anyone. */
const plan = `mock_provider "aws" {
  override_data {
    target = data.aws_availability_zones.available
    values = { names = ["eu-central-1a", "eu-central-1b"] }
  }
  override_data {
    target = data.aws_partition.current
    values = { partition = "aws" }
  }
  override_data {
    target = data.aws_caller_identity.current
    values = { account_id = "123456789012" }
  }
}

variables {
  admin_email = "admin@example.com"
}

run "plan" {
  command = plan

  assert {
    condition     = aws_opensearch_domain.logs.domain_endpoint_options[0].enforce_https
    error_message = "OpenSearch takes plain http"
  }
  assert {
    condition     = aws_kinesis_firehose_delivery_stream.logs.opensearch_configuration[0].s3_backup_mode == "AllDocuments"
    error_message = "Firehose keeps nothing"
  }
  assert {
    condition     = aws_sesv2_email_identity_mail_from_attributes.mail.mail_from_domain == aws_route53_record.mail_bounce_mx.name
    error_message = "bounces have no record"
  }
  assert {
    condition     = length(aws_route53_record.mail_dkim) == 3
    error_message = "DKIM has no records"
  }
}

run "nobody_registers_as_an_administrator_without_an_address" {
  command = plan

  variables {
    admin_email = "anyone"
  }
  expect_failures = [var.admin_email]
}
`;

const apps = { users: await template('users'), 'users, database in a container': usersInContainer() };
const cases = Object.entries(apps).flatMap(([name, app]) =>
  Object.keys(app.environments ?? {}).map((environment) => ({ name, environment, app })),
);
const title = `planned with a mock of the provider, and never applied: ${unappliedTypes.join(', ')}`;

describe.skipIf(saySkipped(title, lackingForTerraform()))(title, () => {
  const workspace = workspaces();

  test.each(cases)('$name: $environment', async ({ app, environment }) => {
    const made = workspace(withoutEphemeral(synth(app).files), environment);
    made.add(`${environment}/users.tftest.hcl`, plan);
    await made.terraform('init', '-backend=false', '-input=false', '-no-color');
    expect(await made.terraform('test', '-no-color')).toContain('2 passed, 0 failed');
  });
});
