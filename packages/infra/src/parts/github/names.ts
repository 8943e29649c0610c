import type { App, Delivery } from '@keelson/contract';
import { type Expression, text } from '../../hcl/index.ts';
import type { Account } from '../account.ts';

/** Issuer of the tokens of GitHub Actions, as AWS names its provider. */
export const githubIssuer = 'token.actions.githubusercontent.com';

export function buildRoleName(app: string): string {
  return `${app}-github-actions-build-role`;
}

export function planRoleName(app: string): string {
  return `${app}-github-actions-plan-role`;
}

export function terraformRoleName(app: string, environment: string): string {
  return `${app}-${environment}-github-actions-terraform-role`;
}

export function deployRoleName(app: string, environment: string): string {
  return `${app}-${environment}-github-actions-deploy-role`;
}

/** Of each environment its own: what one makes could otherwise be given what belongs to another. */
export function boundaryName(app: string, environment: string): string {
  return `${app}-${environment}-github-actions-boundary`;
}

/** Limits the role that makes the environment. */
export function terraformBoundaryName(app: string, environment: string): string {
  return `${app}-${environment}-github-actions-terraform-boundary`;
}

/** ARN of something of IAM, which belongs to no region. */
export function iamArn({ partition, id }: Pick<Account, 'partition' | 'id'>, resource: string): Expression {
  return text`arn:${partition}:iam::${id}:${resource}`;
}

export type GitHubApp = App & { readonly delivery: Delivery; readonly state: NonNullable<App['state']> };

/** Whether GitHub Actions delivers the app: then roles are made for it. */
export function isFromGitHub(app: App): app is GitHubApp {
  return app.delivery?.provider === 'github-actions' && app.state !== undefined;
}
