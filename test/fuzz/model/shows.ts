import { known } from '../schema/conforms.ts';
import type { JsonSchema } from '../schema/json-schema.ts';
import type { Show } from './body-rules.ts';
import { created, type Exchange } from './exchange.ts';

/** Shows that the table must have, as items: by slug. */
export type Shows = Map<string, Readonly<Record<string, unknown>>>;

/** What DynamoDB must have of a show that was sent: no nulls, no unknown fields, and the index's key. */
export function stored(show: Show, schema: JsonSchema): Readonly<Record<string, unknown>> {
  const item = known(show, schema) as Record<string, unknown>;
  return typeof item['drm'] === 'boolean' ? { ...item, drmKey: item['drm'] ? 1 : 0 } : item;
}

export function isListed(item: Readonly<Record<string, unknown>>): boolean {
  return item['drmKey'] === 1 && Number(item['episodeCount'] ?? 0) > 0;
}

/**
 * Compares what was answered with what the table has afterwards: every 201 created all of its shows, everything else none,
 * and of requests for the same slug one at most won.
 * @param before shows that were there when the requests began
 * @param after items with the slugs that the requests named
 */
export function wrongWrites(exchanges: readonly Exchange[], before: Shows, after: Shows, schema: JsonSchema): string[] {
  const problems: string[] = [];
  const wanted: Shows = new Map();
  for (const { body } of exchanges.filter(created)) {
    for (const show of body?.shows ?? []) {
      if (before.has(show.slug) || wanted.has(show.slug)) problems.push(`${show.slug} was created twice`);
      wanted.set(show.slug, stored(show, schema));
    }
  }
  for (const slug of new Set(exchanges.flatMap(({ body }) => body?.shows.map((show) => show.slug) ?? []))) {
    const expected = before.get(slug) ?? wanted.get(slug);
    const found = after.get(slug);
    if (!same(expected, found))
      problems.push(`PARTIAL WRITE: ${slug} is ${text(found)} in the table, not ${text(expected)}`);
  }
  return [...problems, ...exchanges.flatMap((exchange) => conflict(exchange, before, wanted))];
}

/** A conflict needs somebody who was first. */
function conflict({ answer, body }: Exchange, before: Shows, wanted: Shows): string[] {
  if (answer.status !== 409) return [];
  const exists = body?.shows.some(({ slug }) => before.has(slug) || wanted.has(slug)) ?? false;
  return exists ? [] : ['409, but none of the shows exists'];
}

/** Compares a full list with the model. */
export function wrongList(listed: readonly Readonly<Record<string, unknown>>[], shows: Shows): string[] {
  const expected = [...shows.values()].filter(isListed).map(({ slug, title, image }) => ({
    slug,
    title,
    image: (image as { showImage?: string } | undefined)?.showImage ?? '',
  }));
  const [left, right] = [listed, expected].map((list) => list.map((item) => text(item)).toSorted());
  return left?.join('\n') === right?.join('\n')
    ? []
    : [`${listed.length} shows are listed, ${expected.length} exist, or they differ`];
}

function same(one: unknown, other: unknown): boolean {
  return text(one) === text(other);
}

/** JSON whose members have an order. */
export function text(value: unknown): string {
  return (
    JSON.stringify(value, (_key, member: unknown) =>
      typeof member === 'object' && member !== null && !Array.isArray(member)
        ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : member,
    ) ?? 'absent'
  );
}
