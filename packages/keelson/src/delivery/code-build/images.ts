import type { BuildCommand } from './command.ts';

/** One service is built by `Dockerfile`, each of several by `Dockerfile.<service>`. */
export function buildImages(services: readonly string[]): BuildCommand {
  const file = services.length === 1 ? '' : ' --file "Dockerfile.$service"';
  return {
    comment: 'A commit that was built before is not built again: its image is there and cannot be replaced.',
    script: `
for service in $SERVICES; do
  image="$REGISTRY/$APP/$service:$TAG"
  found=$(aws ecr batch-get-image --repository-name "$APP/$service" --image-ids "imageTag=$TAG" --query 'length(images)' --output text)
  if [ "$found" != 0 ]; then
    echo "$image is there already."
  elif [ -n "\${IMAGE_TAG:-}" ]; then
    echo "There is no $image: IMAGE_TAG takes a commit that was delivered before." >&2
    exit 1
  else
    docker build --platform "$PLATFORM"${file} --tag "$image" .
  fi
done
`,
  };
}

/** This phase runs after a failed build too. */
export const onlyAfterSuccess = `if [ "$CODEBUILD_BUILD_SUCCEEDING" != 1 ]; then
  echo "Not built: nothing changes in $ENVIRONMENT." >&2
  exit 1
fi`;

export const pushImages: BuildCommand = {
  comment: 'Push what was built here. CodeBuild comes here after a failed build too.',
  script: `
${onlyAfterSuccess}
for service in $SERVICES; do
  image="$REGISTRY/$APP/$service:$TAG"
  if docker image inspect "$image" > /dev/null 2>&1; then
    docker push "$image"
  fi
done
`,
};
