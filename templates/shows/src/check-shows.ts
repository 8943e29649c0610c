import { KeelsonError } from '@keelson/runtime';
import Schema from 'typebox/schema';
import { patternHelp, showSlug } from './patterns.ts';
import { Show } from './show.ts';

/** One thing that is wrong with one show of a payload. */
export interface ShowProblem {
  /** `body/payload/3/title` */
  readonly path: string;
  readonly message: string;
  /** Slug of the show, where it has a valid one. */
  readonly show?: string;
}

const show = Schema.Compile(Show);
const slug = new RegExp(showSlug);

/**
 * Everything that is wrong with the shows of a payload, at once: of many shows, the validation of a request would tell only the
 * first problems, and without their names.
 */
export function problemsOf(payload: readonly unknown[]): ShowProblem[] {
  return payload.flatMap((item, index) => [...invalidFields(item, index), ...repeated(payload, index)]);
}

/** @throws KeelsonError 400 with every problem */
export function refuse(errors: readonly ShowProblem[]): void {
  if (errors.length > 0) throw new KeelsonError('INVALID_REQUEST', { extensions: { errors } });
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
