import type { App } from '@keelson/contract';
import { buildspec } from './code-build/buildspec.ts';

export interface DeliveryOptions {
  /** Folder of the generated Terraform, seen from the root of the repository. @default 'infra' */
  readonly terraform?: string;
}

/** What a delivery is made of besides Terraform: texts by path below the root of the project. Empty without `delivery`. */
export function deliveryFiles(app: App, { terraform = 'infra' }: DeliveryOptions = {}): ReadonlyMap<string, string> {
  if (app.delivery?.provider !== 'codebuild') return new Map();
  return new Map([['buildspec.yml', buildspec(app, terraform)]]);
}
