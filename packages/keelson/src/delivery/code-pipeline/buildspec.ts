import type { App } from '@keelson/contract';
import { flowsOf } from '@keelson/infra';
import { printCommands } from '../code-build/command.ts';
import { buildImages, pushImages } from '../code-build/images.ts';
import { check, checkTag, installPackages, signIn } from '../code-build/prepare.ts';
import { givenTag, promote, tagOfCommit } from './tag.ts';

const noImage =
  'Nothing is built here: push the commit to a branch that is built, wait for its pipeline, and start this one again.';

/** What the stage Build of a pipeline does, and the stage Image of a release. */
export function buildspec(app: App): string {
  const services = Object.keys(app.services);
  return `${head(app)}
version: 0.2

env:
  shell: bash
  variables:
    APP: ${app.name}
    SERVICES: ${services.join(' ')}

phases:
  install:
    runtime-versions:
      nodejs: 24
    commands:
${printCommands([givenTag, promote, tagOfCommit, installPackages])}

  pre_build:
    commands:
${printCommands([checkTag('The image is $TAG.'), check, signIn])}

  build:
    commands:
${printCommands([buildImages(app.services, noImage), pushImages])}
`;
}

function head(app: App): string {
  const starts = flowsOf(app).map(({ name, branches, tags, stops }) => {
    const by = tags === undefined ? branches.join(', ') : `a tag ${tags}`;
    return `#   ${name}: ${by} → ${stops.map(({ environment }) => environment).join(' → ')}`;
  });
  return `# Written by \`keelson synth\`: how CodeBuild tests ${app.name} and builds its images, for these pipelines:
${starts.join('\n')}
#
# The images are tagged with the whole commit, and a tag never changes its meaning: each commit is built once, and the same
# image goes from environment to environment by deployspec.yml. A release builds nothing.
#
# Each step is a bash of its own, which ends at the first command that fails. A step sees what the project sets too, REGISTRY
# and PLATFORM, and what the pipeline says: COMMIT, IMAGE_TAG and, for a release, PROMOTE.`;
}
