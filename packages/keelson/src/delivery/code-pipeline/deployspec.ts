import type { App } from '@keelson/contract';
import { flowsOf } from '@keelson/infra';
import { printCommands } from '../code-build/command.ts';
import { findImages, keepImages } from '../code-build/images.ts';
import { checkTag, installTerraform, terraformVersion } from '../code-build/prepare.ts';
import { release } from '../code-build/release.ts';
import { givenTag, tagOfCommit } from './tag.ts';

/** What a stage Deploy of a pipeline does. `terraform`: folder of the generated Terraform. */
export function deployspec(app: App, terraform: string): string {
  return `${head(app, terraform)}
version: 0.2

env:
  shell: bash
  variables:
    APP: ${app.name}
    SERVICES: ${Object.keys(app.services).join(' ')}
    TERRAFORM_VERSION: ${terraformVersion}

phases:
  install:
    runtime-versions:
      nodejs: 24
    commands:
${printCommands([givenTag, tagOfCommit, installTerraform])}

  pre_build:
    commands:
${printCommands([checkTag('Delivering $TAG to $ENVIRONMENT.'), findImages, keepImages])}

  build:
    commands:
${printCommands([release(app, terraform)])}
`;
}

function head(app: App, terraform: string): string {
  const last = flowsOf(app).at(-1)?.name ?? app.name;
  const start = `aws codepipeline start-pipeline-execution --region ${app.region} --name ${last}`;
  return `# Written by \`keelson synth\`: how CodeBuild brings an image of ${app.name} to an environment, as the last step of a pipeline.
#
# Go back to an image that was delivered before; nothing is tested or built:
#   ${start} \\
#     --variables name=IMAGE_TAG,value=<commit>
#
# The environment runs what its parameters /${app.name}/<environment>/<service>/image say; a delivery writes them and applies
# them. When it fails, they are put back. Only what runs is changed: when the commit changes more of
# ${terraform}/<environment>, the delivery stops before anything happens, and a person applies that first.
#
# Each step is a bash of its own, which ends at the first command that fails. A step sees what the project sets too,
# ENVIRONMENT, CLUSTER, REGISTRY and the inputs of Terraform (TF_VAR_…), and what the pipeline says: COMMIT and IMAGE_TAG.`;
}
