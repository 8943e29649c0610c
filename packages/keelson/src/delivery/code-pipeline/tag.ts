import type { BuildCommand } from '../code-build/command.ts';
import { nameTag } from '../code-build/prepare.ts';

/** A pipeline's variable cannot be empty. */
export const givenTag: BuildCommand = {
  comment: 'The pipeline says - where nobody named an image to go back to.',
  // oxlint-disable-next-line no-template-curly-in-string -- is for bash
  script: 'export IMAGE_TAG="${IMAGE_TAG#-}"',
};

export const promote: BuildCommand = {
  comment: 'A release builds nothing: it takes the image of its commit.',
  // oxlint-disable-next-line no-template-curly-in-string -- is for bash
  script: 'export IMAGE_TAG="${IMAGE_TAG:-${PROMOTE:+$COMMIT}}"',
};

export const tagOfCommit = nameTag('COMMIT');
