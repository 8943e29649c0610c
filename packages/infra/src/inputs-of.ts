import type { App } from '@keelson/contract';
import { composeEnvironment } from './compose.ts';

/** Inputs of an environment's Terraform that have no default: a person gives them, in `terraform.tfvars` or to a pipeline. */
export function inputsOf(app: App, environment: string): readonly string[] {
  const stack = composeEnvironment(app, environment, app.environments?.[environment] ?? {});
  return stack.declarations.flatMap((each) =>
    each.kind === 'variable' && each.args.default === undefined ? [each.name] : [],
  );
}
