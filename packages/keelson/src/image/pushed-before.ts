import type { Io } from '../io.ts';
import { UserError } from '../user-error.ts';
import { architecturesOf, type Builder } from './docker.ts';
import type { Image } from './images.ts';

/**
 * Those that are in the registry already, where a tag stays what it is: the same commit goes to another environment.
 * @throws UserError when one was built for another platform
 */
export async function pushedBefore(
  builder: Builder,
  images: readonly Image[],
  io: Pick<Io, 'env'>,
): Promise<ReadonlySet<Image>> {
  const found = new Set<Image>();
  for (const image of images.filter(({ push }) => push)) {
    const architectures = await architecturesOf(builder, image.reference, io);
    if (architectures === undefined) continue;
    checkPlatform(image, architectures);
    found.add(image);
  }
  return found;
}

function checkPlatform({ reference, platform }: Image, architectures: readonly string[]): void {
  const wanted = platform?.split('/')[1];
  if (wanted === undefined || architectures.length === 0 || architectures.includes(wanted)) return;
  throw new UserError(
    `${reference} is in the registry already, for ${architectures.join(' and ')}, and ${wanted} is needed.`,
    `A tag is never given to another image: choose one of your own, --tag <tag>, for ${wanted}.`,
  );
}
