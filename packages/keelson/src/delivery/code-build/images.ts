import type { App } from '@keelson/contract';
import type { BuildCommand } from './command.ts';

const defineFound = `
found() {
  aws ecr batch-get-image --repository-name "$APP/$1" --image-ids "imageTag=\${2:-$TAG}" --query 'length(images)' --output text
}`.trim();

/**
 * One service is built by `Dockerfile`, each of several by `Dockerfile.<service>`. Provenance would make an index of an image,
 * which Lambda refuses.
 * @param noImage what a person does when the image of IMAGE_TAG is not there
 */
export function buildImages(services: App['services'], noImage: string): BuildCommand {
  const file = Object.keys(services).length === 1 ? '' : ' --file "Dockerfile.$service"';
  const hasFunction = Object.values(services).some(({ compute }) => compute === 'lambda');
  const provenance = hasFunction ? ' --provenance=false' : '';
  return {
    comment: 'A commit that was built before is not built again: its image is there and cannot be replaced.',
    script: `
${defineFound}
for service in $SERVICES; do
  image="$REGISTRY/$APP/$service:$TAG"
  number=$(found "$service")
  if [ "$number" != 0 ]; then
    echo "$image is there already."
  elif [ -n "\${IMAGE_TAG:-}" ]; then
    echo "There is no $image. ${noImage}" >&2
    exit 1
  else
    docker build --platform "$PLATFORM"${provenance}${file} --tag "$image" .
  fi
done
`,
  };
}

export const pushImages: BuildCommand = {
  comment:
    'Push what was built here. Another build of the same commit may have been faster: then its image is the one.',
  script: `
${defineFound}
for service in $SERVICES; do
  image="$REGISTRY/$APP/$service:$TAG"
  if docker image inspect "$image" > /dev/null 2>&1; then
    docker push "$image" || [ "$(found "$service")" = 1 ]
  fi
done
`,
};

export const findImages: BuildCommand = {
  comment: 'The images are there, or nothing changes.',
  script: `
${defineFound}
for service in $SERVICES; do
  number=$(found "$service")
  if [ "$number" = 0 ]; then
    echo "There is no $REGISTRY/$APP/$service:$TAG: nothing changes in $ENVIRONMENT." >&2
    exit 1
  fi
done
`,
};

/** The registry keeps the latest images of each environment, whatever else is pushed: they are known by this tag. */
export const keepImages: BuildCommand = {
  comment: 'A tag of the environment keeps the image in the registry whatever else is pushed.',
  script: `
${defineFound}
for service in $SERVICES; do
  number=$(found "$service" "$ENVIRONMENT-$TAG")
  if [ "$number" = 0 ]; then
    manifest=$(aws ecr batch-get-image --repository-name "$APP/$service" --image-ids "imageTag=$TAG" --query 'images[0].imageManifest' --output text)
    aws ecr put-image --repository-name "$APP/$service" --image-tag "$ENVIRONMENT-$TAG" --image-manifest "$manifest" > /dev/null
  fi
done
`,
};
