import type { App } from '@keelson/contract';
import { ref, type Template, text } from '../../hcl/index.ts';
import type { Account } from '../account.ts';

export type Architecture = 'x86_64' | 'arm64';

/** All environments get the same image: one instruction set. */
export function architectureOf({ environments }: App): Architecture {
  return Object.values(environments ?? {})[0]?.architecture ?? 'x86_64';
}

/** Of the same instruction set as the tasks, so that the image is built without emulation. */
export function machine(architecture: Architecture) {
  const isArm = architecture === 'arm64';
  return {
    type: isArm ? 'ARM_CONTAINER' : 'LINUX_CONTAINER',
    compute_type: 'BUILD_GENERAL1_MEDIUM',
    image: isArm ? 'aws/codebuild/amazonlinux-aarch64-standard:3.0' : 'aws/codebuild/amazonlinux-x86_64-standard:5.0',
    // Docker builds images in it, and Terraform is taken out of one.
    privileged_mode: true,
  };
}

export function platform(architecture: Architecture): string {
  return architecture === 'arm64' ? 'linux/arm64' : 'linux/amd64';
}

/** Host name of the account's image registry. */
export function registryHost(account: Account, region: string): Template {
  return text`${account.id}.dkr.ecr.${region}.${ref('data.aws_partition.current.dns_suffix')}`;
}
