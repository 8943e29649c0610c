import type { App } from '@keelson/contract';
import { afterSuccess, printCommands } from './command.ts';
import { check, checkTag, installPackages, installTerraform, nameTag, signIn, terraformVersion } from './prepare.ts';
import { buildImages, keepImages, pushImages } from './images.ts';
import { release } from './release.ts';

/** What CodeBuild does in a delivery, for a person to read. `terraform`: folder of the generated Terraform. */
export function buildspec(app: App, terraform: string): string {
  const services = Object.keys(app.services);
  return `${head(app, terraform)}
version: 0.2

env:
  shell: bash
  variables:
    APP: ${app.name}
    SERVICES: ${services.join(' ')}
    TERRAFORM_VERSION: ${terraformVersion}

phases:
  install:
    runtime-versions:
      nodejs: 24
    commands:
${printCommands([installTerraform, installPackages])}

  pre_build:
    commands:
${printCommands([nameTag('CODEBUILD_RESOLVED_SOURCE_VERSION'), checkTag('Delivering $TAG to $ENVIRONMENT.'), check, signIn])}

  build:
    commands:
${printCommands([buildImages(app.services, 'IMAGE_TAG takes a commit that was delivered before.')])}

  post_build:
    commands:
${printCommands([pushImages, keepImages, release(app, terraform)].map(afterSuccess))}
`;
}

function head({ name, region, environments, delivery }: App, terraform: string): string {
  const [first = 'dev'] = Object.keys(environments ?? {});
  const start = `aws codebuild start-build --region ${region} --project-name ${name}-${first}-deliver`;
  return `# Written by \`keelson synth\`: how CodeBuild tests, builds and delivers ${name}.
#
# Deliver what is on \`${delivery?.branch ?? 'main'}\`:
#   ${start}
# Deliver another commit:
#   ${start} --source-version <commit>
# Go back to an image that was delivered before; nothing is tested or built:
#   ${start} \\
#     --environment-variables-override name=IMAGE_TAG,value=<commit>
#
# The images are tagged with the whole commit, and a tag never changes its meaning. The environment runs what its parameters
# /${name}/<environment>/<service>/image say; a delivery writes them and applies them. When it fails, they are put back.
# Only what runs is changed: when the commit changes more of ${terraform}/<environment>, the delivery stops before anything
# happens, and a person applies that first.
#
# Each step is a bash of its own, which ends at the first command that fails. A step sees what the project sets too:
# ENVIRONMENT, CLUSTER, REGISTRY, PLATFORM and the inputs of Terraform (TF_VAR_…).`;
}
