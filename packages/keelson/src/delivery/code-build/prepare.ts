import type { BuildCommand } from './command.ts';

/** The version that the generated files were tested with. */
export const terraformVersion = '1.11.4';

export const installTerraform: BuildCommand = {
  comment: "CodeBuild's machines have no Terraform: it is taken out of HashiCorp's own image.",
  script: `
container=$(docker create "public.ecr.aws/hashicorp/terraform:$TERRAFORM_VERSION")
docker cp "$container:/bin/terraform" /usr/local/bin/terraform
docker rm "$container"
`,
};

/** Each command is a bash of its own, so later ones have them again. */
const withoutCredentials = `
unset AWS_CONTAINER_CREDENTIALS_RELATIVE_URI AWS_CONTAINER_CREDENTIALS_FULL_URI
unset AWS_CONTAINER_AUTHORIZATION_TOKEN AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE
export AWS_EC2_METADATA_DISABLED=true
`.trim();

export const installPackages: BuildCommand = {
  comment:
    "Without this build's credentials: packages run scripts of their own here. Nothing is tested or built on the way back to an earlier image.",
  script: `
if [ -n "\${IMAGE_TAG:-}" ]; then
  exit 0
fi
${withoutCredentials}
npm ci
`,
};

/** `commit`: variable that holds it. */
export function nameTag(commit: string): BuildCommand {
  return { comment: 'The tag of the images: the whole commit.', script: `export TAG="\${IMAGE_TAG:-$${commit}}"` };
}

/** `doing`: what is said to happen. */
export function checkTag(doing: string): BuildCommand {
  return {
    comment: 'It comes from outside when someone goes back.',
    script: `
if [[ ! $TAG =~ ^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$ ]]; then
  echo "$TAG is not a tag: IMAGE_TAG takes a commit that was built before." >&2
  exit 1
fi
echo "${doing}"
`,
  };
}

export const check: BuildCommand = {
  comment: "Types and tests, without this build's credentials: tests do not reach the account by mistake.",
  script: `
if [ -n "\${IMAGE_TAG:-}" ]; then
  exit 0
fi
${withoutCredentials}
npm run typecheck --if-present
npm test
`,
};

export const signIn: BuildCommand = {
  comment: 'Sign in to the registry.',
  script: 'aws ecr get-login-password | docker login --username AWS --password-stdin "$REGISTRY"',
};
