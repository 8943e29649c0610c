import type { App } from '@keelson/contract';
import { deploy } from './deploy.ts';
import { deployEnvironment } from './deploy-environment.ts';
import { pullRequest } from './pr-ci.ts';
import { settingsOf } from './settings.ts';
import { terraformManual } from './terraform-manual.ts';

/** The workflows, by path below the root of the repository. `terraform`: folder of the generated Terraform. */
export function workflows(app: App, terraform: string): ReadonlyMap<string, string> {
  const settings = settingsOf(app, terraform);
  return new Map([
    ['.github/workflows/pr-ci.yml', pullRequest(settings)],
    ['.github/workflows/deploy.yml', deploy(settings)],
    ['.github/workflows/deploy-environment.yml', deployEnvironment(settings)],
    ['.github/workflows/terraform-manual.yml', terraformManual(settings)],
  ]);
}
