import Schema from 'typebox/schema';
import { patternHelp, showSlug } from './patterns.ts';
import { Envelope, maxShows } from './payload.ts';
import { Show } from './show.ts';

/** One thing that is wrong with a payload. */
export interface ShowProblem {
  /** `body/payload/3/title` */
  readonly path: string;
  readonly message: string;
  /** Slug of the show, where it has a valid one. */
  readonly show?: string;
}

const envelope = Schema.Compile(Envelope);
const show = Schema.Compile(Show);
const slug = new RegExp(showSlug);

/**
 * Everything that is wrong with a body and its shows, at once: of many shows, the validation of a request would tell only the
 * first problems, and without their names.
 */
export function problemsOf(body: unknown): ShowProblem[] {
  const [, errors] = envelope.Errors(body);
  const around = errors.map((error) => ({ path: `body${error.instancePath}`, message: explain(error) }));
  const payload = showsIn(body);
  return [...around, ...payload.flatMap((item, index) => [...invalidFields(item, index), ...repeated(payload, index)])];
}

/** None where the list itself is wrong. */
function showsIn(body: unknown): readonly unknown[] {
  if (typeof body !== 'object' || body === null || !('payload' in body) || !Array.isArray(body.payload)) return [];
  return body.payload.length <= maxShows ? body.payload : [];
}

/** Names a show in an error. */
export function named(index: number, item: unknown, message: string, field = ''): ShowProblem {
  const name = slugOf(item);
  return { path: `body/payload/${index}${field}`, message, ...(name === undefined ? {} : { show: name }) };
}

function invalidFields(item: unknown, index: number): ShowProblem[] {
  const [, errors] = show.Errors(item);
  return errors.map((error) => named(index, item, explain(error), error.instancePath));
}

function explain({ keyword, params, message }: { keyword: string; params: object; message: string }): string {
  if (keyword === 'required' && 'requiredProperties' in params)
    return `must have ${[params.requiredProperties].flat().join(', ')}`;
  const pattern = keyword === 'pattern' && 'pattern' in params ? String(params.pattern) : '';
  return patternHelp[pattern] ?? message;
}

function repeated(payload: readonly unknown[], index: number): ShowProblem[] {
  const name = slugOf(payload[index]);
  const first = name === undefined ? index : payload.findIndex((item) => slugOf(item) === name);
  if (first === index) return [];
  return [named(index, payload[index], `is the slug of body/payload/${first} too`, '/slug')];
}

/** A slug that is not valid is a stranger's text, and not repeated. */
function slugOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null || !('slug' in item)) return undefined;
  return typeof item.slug === 'string' && slug.test(item.slug) ? item.slug : undefined;
}
