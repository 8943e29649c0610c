import { terraformVersion } from '../code-build/prepare.ts';
import { actions } from './actions.ts';
import type { YamlObject } from './yaml.ts';

export const checkout: YamlObject = { uses: actions.checkout, with: { 'persist-credentials': false } };

export const setupNode: YamlObject = { uses: actions.node, with: { 'node-version': 24, cache: 'npm' } };

/** Without the wrapper around `terraform`, which changes what scripts read of it. */
export const setupTerraform: YamlObject = {
  uses: actions.terraform,
  with: { terraform_version: terraformVersion, terraform_wrapper: false },
};

/** Machine of a job, with the least that it may do and when it is given up. */
export function machine(minutes: number, permissions: YamlObject): YamlObject {
  return { 'runs-on': 'ubuntu-latest', 'timeout-minutes': minutes, permissions };
}

/** Reads the repository, and nothing else. */
export const reads: YamlObject = { contents: 'read' };

/** Also gets the token that AWS takes for a role. */
export const assumesRole: YamlObject = { contents: 'read', 'id-token': 'write' };
