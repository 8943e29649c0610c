import Type, { type Static } from 'typebox';
import { nullableFlag, nullableInteger, nullableObject, nullableText } from './nullable.ts';
import { colour, link, notBlank, showSlug } from './patterns.ts';

const text = Type.Optional(nullableText({ maxLength: 500 }));
const longText = Type.Optional(nullableText({ maxLength: 10_000 }));
const url = Type.Optional(nullableText({ pattern: link, maxLength: 2_000, description: 'http:// or https://' }));

/**
 * A show as clients send it. Lengths are in characters (code points); together they keep a show below the 400 KB that
 * DynamoDB takes. Fields of other names are dropped.
 */
export const Show = Type.Object({
  slug: Type.String({ pattern: showSlug, description: '`show/<handle>`; names the show' }),
  title: Type.String({ pattern: notBlank, maxLength: 120 }),
  country: text,
  description: longText,
  drm: Type.Optional(nullableFlag({ description: 'Only shows with `true` are listed' })),
  episodeCount: Type.Optional(
    nullableInteger({ minimum: 0, maximum: 1_000_000, description: 'Only shows with episodes are listed' }),
  ),
  genre: text,
  image: Type.Optional(nullableObject({ showImage: url })),
  language: text,
  nextEpisode: Type.Optional(nullableObject({ channel: text, channelLogo: url, date: text, html: longText, url })),
  primaryColour: Type.Optional(nullableText({ pattern: colour, maxLength: 7, description: '`#f80` or `#ff7800`' })),
  seasons: Type.Optional(
    Type.Unsafe<{ slug: string }[] | null>({
      ...Type.Array(Type.Object({ slug: Type.String({ minLength: 1, maxLength: 250 }) }), { maxItems: 200 }),
      type: ['array', 'null'],
    }),
  ),
  tvChannel: text,
});

export type Show = Static<typeof Show>;
