import type { App } from '@keelson/contract';
import { buildspec } from './code-build/buildspec.ts';
import { buildspec as buildOfPipeline } from './code-pipeline/buildspec.ts';
import { workflows } from './github-actions/index.ts';
import { deployspec } from './code-pipeline/deployspec.ts';

export interface DeliveryOptions {
  /** Folder of the generated Terraform, seen from the root of the repository. @default 'infra' */
  readonly terraform?: string;
}

/** What a delivery is made of besides Terraform: texts by path below the root of the project. Empty without `delivery`. */
export function deliveryFiles(app: App, { terraform = 'infra' }: DeliveryOptions = {}): ReadonlyMap<string, string> {
  switch (app.delivery?.provider) {
    case 'codebuild':
      return new Map([['buildspec.yml', buildspec(app, terraform)]]);
    case 'codepipeline':
      return new Map([
        ['buildspec.yml', buildOfPipeline(app)],
        ['deployspec.yml', deployspec(app, terraform)],
      ]);
    case 'github-actions':
      return workflows(app, terraform);
    default:
      return new Map();
  }
}
