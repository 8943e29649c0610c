import { dockerfileOf } from '@keelson/contract';
import type { LoadedApp } from '../config/load.ts';
import type { Io } from '../io.ts';
import type { ImageArgs } from './docker.ts';
import { platformOf } from './platform.ts';
import { repositoriesOf } from './reference.ts';
import { checkTag, commitOf } from './tag.ts';

/** One image to build. */
export interface Image extends ImageArgs {
  readonly service: string;
}

export interface ImagesArgs {
  readonly services: readonly string[];
  readonly environment: string | undefined;
  /** Absent: the commit. */
  readonly tag: string | undefined;
  /** Host; absent: that of `infra/shared` when the images are pushed, otherwise none. */
  readonly registry: string | undefined;
  readonly push: boolean;
  /** To try on this machine. */
  readonly local: boolean;
}

/** What is to be built, by which names and for which platforms. @throws UserError */
export async function imagesOf({ app, root }: LoadedApp, args: ImagesArgs, io: Pick<Io, 'env'>): Promise<Image[]> {
  const { services, environment, registry, push, local } = args;
  const platforms = services.map((service) => (local ? undefined : platformOf(app, service, environment)));
  const tag = local ? 'local' : args.tag === undefined ? await commitOf(root, io) : checkTag(args.tag);
  const repositories = await repositoriesOf({ app: app.name, services, root, registry, push }, io);
  return services.map((service, index) => ({
    service,
    file: dockerfileOf(app.services, service),
    reference: `${repositories.get(service) ?? service}:${tag}`,
    platform: platforms[index],
    push,
  }));
}
