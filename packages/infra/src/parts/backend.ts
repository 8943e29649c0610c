import type { State } from '@keelson/contract';
import type { Stack } from '../aws/index.ts';
import { attribute, block } from '../hcl/index.ts';

export interface BackendArgs {
  readonly state: State | undefined;
  readonly region: string;
  /** Where in the bucket: `<app>/<env>/terraform.tfstate`. */
  readonly key: string;
}

/** Where the state is kept: in a file here, or in the bucket of `keelson state bootstrap`. */
export function backend(stack: Stack, { state, region, key }: BackendArgs): void {
  if (!state) {
    const why = 'The state is a file in this directory. More than one person, or CI: add `state` to keelson.config.ts.';
    stack.block('terraform', [], [block('backend', ['local'], [])], why);
    return;
  }
  const locking =
    state.locking === 'dynamodb'
      ? attribute('dynamodb_table', `${state.bucket}-locks`)
      : attribute('use_lockfile', true);
  const settings = [
    attribute('bucket', state.bucket),
    attribute('key', key),
    attribute('region', state.region ?? region),
    attribute('encrypt', true),
    locking,
  ];
  stack.block('terraform', [], [block('backend', ['s3'], settings)]);
}
