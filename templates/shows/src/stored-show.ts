import type { Show } from './show.ts';

/**
 * A show as the table has it: fields that are `null` are absent. The index `gsi_drm_episode` holds items with both of its
 * keys, so a show that says nothing of its DRM or its episodes is in the table and not in the index.
 */
export interface StoredShow extends Partial<Present<Show>> {
  slug: string;
  title: string;
  /** Hash key of the index, which takes no booleans: 1 with DRM, 0 without. */
  drmKey?: 0 | 1;
}

type Present<Type> = { [Key in keyof Type]: NonNullable<Type[Key]> };

/** Takes the known fields and nothing else. */
export function toStored(show: Show): StoredShow {
  const { slug, title, drm, image, nextEpisode, seasons } = show;
  return {
    slug,
    title,
    ...present({
      country: show.country,
      description: show.description,
      drm,
      drmKey: typeof drm === 'boolean' ? (drm ? 1 : 0) : undefined,
      episodeCount: show.episodeCount,
      genre: show.genre,
      image: image && present({ showImage: image.showImage }),
      language: show.language,
      nextEpisode: nextEpisode && toNextEpisode(nextEpisode),
      primaryColour: show.primaryColour,
      seasons: seasons?.map((season) => ({ slug: season.slug })),
      tvChannel: show.tvChannel,
    }),
  };
}

function toNextEpisode({ channel, channelLogo, date, html, url }: NonNullable<Show['nextEpisode']>) {
  return present({ channel, channelLogo, date, html, url });
}

function present<Fields extends object>(fields: Fields): Partial<Present<Fields>> {
  const kept = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(kept) as Partial<Present<Fields>>;
}
