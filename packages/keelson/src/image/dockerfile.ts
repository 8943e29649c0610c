import type { App } from '@keelson/contract';
import { nginxDockerfile } from './nginx-dockerfile.ts';
import { nodeDockerfile } from './node-dockerfile.ts';

export interface DockerfileArgs {
  readonly app: App;
  readonly service: string;
  /** Folder of the configuration file, which is the build's context. */
  readonly root: string;
}

/** The Dockerfile that a service needs: as a person would have written it, and theirs from then on. */
export function dockerfileText(args: DockerfileArgs): string {
  const service = args.app.services[args.service];
  return service?.server === 'nginx' ? nginxDockerfile(service.source) : nodeDockerfile(args);
}
