import { describe, expect, test } from 'vitest';
import { synth } from '../../src/index.ts';
import { appWith } from '../synth/apps.ts';
import { lackingForTerraform, saySkipped } from '../tools.ts';
import { withoutEphemeral } from './stand-ins.ts';
import { withoutExpress } from './without-express.ts';
import { workspaces } from './workspaces.ts';

/** Read by `terraform test`, which makes up what AWS would answer: nothing is asked of anyone. */
const oneApply = `mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/made-up" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:made-up" }
  }
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
  override_resource {
    target = aws_rds_cluster.db
    values = { master_user_secret = [{ secret_arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:master" }] }
  }
}

variables {
  auth0_domain    = "tenant.eu.auth0.com"
  auth0_client_id = "client"
}

run "one_apply" {
  command = apply

  assert {
    condition     = aws_ssm_parameter.api_public_url.value == "https://express.example.com"
    error_message = "the parameter holds another address"
  }
  assert {
    condition     = output.url == "https://express.example.com"
    error_message = "url: \${output.url}"
  }
  assert {
    condition     = output.auth0_callback_url == "https://express.example.com/auth/callback"
    error_message = "callback: \${output.auth0_callback_url}"
  }
  assert {
    condition     = output.auth0_logout_url == "https://express.example.com/"
    error_message = "logout: \${output.auth0_logout_url}"
  }
}
`;

describe.skipIf(saySkipped('the address of an Express service', lackingForTerraform()))('Express', () => {
  const workspace = workspaces();

  test('one apply makes the service, tells it its address, and says what to register', async () => {
    const files = withoutEphemeral(withoutExpress(synth(appWith('express')).files));
    const made = workspace(files, 'dev');
    made.add('dev/address.tftest.hcl', oneApply);
    await made.terraform('init', '-backend=false', '-input=false', '-no-color');
    expect(await made.terraform('test', '-no-color')).toContain('1 passed, 0 failed');
  });
});
