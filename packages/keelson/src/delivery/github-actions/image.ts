import { actions } from './actions.ts';
import { bash } from './bash.ts';
import type { Settings } from './settings.ts';
import type { YamlObject } from './yaml.ts';

/** One job per service, each with its file. */
export function perService({ services }: Settings): YamlObject {
  return {
    strategy: {
      'fail-fast': false,
      matrix: { include: services.map(({ name, dockerfile }) => ({ service: name, dockerfile })) },
    },
  };
}

export interface ImageArgs {
  readonly id?: string;
  readonly if?: string;
  /** Reference to push as; absent: it is only built. */
  readonly push?: string;
}

/** Builds with the layers of earlier builds. Pull requests read those of the branch; the branch reads none of theirs. */
export function buildImage({ platform }: Settings, { id, if: condition, push }: ImageArgs): YamlObject[] {
  return [
    {
      name: 'Look for the Dockerfile',
      if: condition,
      env: { DOCKERFILE: '${{ matrix.dockerfile }}' },
      run: bash(`
if [ ! -f "$DOCKERFILE" ]; then
  echo "::error title=No $DOCKERFILE::npx keelson build writes it. Commit it."
  exit 1
fi
`),
    },
    ...(platform === 'linux/arm64'
      ? [
          {
            '#': "GitHub's machines are x86_64: what the build runs for arm64 is emulated.",
            uses: actions.qemu,
            if: condition,
            with: { platforms: 'arm64' },
          },
        ]
      : []),
    { uses: actions.buildx, if: condition },
    {
      name: push === undefined ? 'Build the image' : 'Build and push the image',
      id,
      if: condition,
      // Another run may have pushed the same tag meanwhile, and it cannot be replaced: the next step looks.
      ...(push === undefined ? {} : { 'continue-on-error': true }),
      uses: actions.build,
      with: {
        context: '.',
        file: '${{ matrix.dockerfile }}',
        platforms: platform,
        push: push !== undefined,
        tags: push,
        '#': 'Lambda takes one image, and no index of several.',
        provenance: false,
        'cache-from': 'type=gha,scope=${{ matrix.service }}',
        'cache-to': 'type=gha,mode=max,ignore-error=true,scope=${{ matrix.service }}',
      },
    },
  ];
}
