import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { workspace } from '../../../infra/test/terraform/offline.ts';
import { lackingForTerraform, saySkipped } from '../../../infra/test/tools.ts';
import { cleanUp, writeFiles } from '../dev/harness.ts';
import { appConfig, command, filesIn, makeApp } from './app.ts';

afterEach(cleanUp);

const isSkipped = saySkipped('a newcomer’s edit under terraform', lackingForTerraform());

const extra = `# Alarms are our own.
resource "aws_cloudwatch_metric_alarm" "busy" {
  alarm_name          = "\${aws_ecs_service.api.name}-busy"
  namespace           = "AWS/ECS"
  metric_name         = "CPUUtilization"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 90
  evaluation_periods  = 3
  period              = 60
  statistic           = "Average"

  dimensions = {
    ServiceName = aws_ecs_service.api.name
  }
}
`;

describe.skipIf(isSkipped)('with terraform', () => {
  test('what is written is formatted, and an own extra.tf survives the next synth and validates', async () => {
    const app = await makeApp();
    const infra = join(app, 'infra');
    await command(app, 'synth');
    execFileSync('terraform', ['fmt', '-check', '-recursive', infra], { stdio: 'pipe' });

    await writeFiles(app, { 'infra/dev/extra.tf': extra });
    await writeFile(
      join(app, 'keelson.config.ts'),
      appConfig({ environments: '{ dev: { ephemeral: true, logDays: 14, tasks: 2 } }' }),
    );
    expect((await command(app, 'synth')).code).toBe(0);
    const files = filesIn(infra);
    expect(files.get('dev/extra.tf')).toBe(extra);

    const made = workspace(files, 'dev');
    try {
      await made.terraform('init', '-backend=false', '-input=false', '-no-color');
      expect(JSON.parse(await made.terraform('validate', '-json'))).toMatchObject({ valid: true, error_count: 0 });
    } finally {
      made.remove();
    }
  });
});
