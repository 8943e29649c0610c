import type { Operation } from '../api.ts';
import type { Sent } from '../requests/send.ts';
import type { Access } from './access.ts';
import { wrongForm } from './answer-form.ts';
import type { Exchange } from './exchange.ts';

const refusals = [400, 401, 403, 413, 415, 431];

/** Everything that is wrong with one answer by itself. */
export function wrongAnswer(exchange: Exchange): string[] {
  const { plan, minted, answer, operation, access } = exchange;
  const form = wrongForm(answer, plan.method, plan.door === 'gateway', minted.token);
  return [...form, ...bypass(operation, access, answer), ...unexpected(exchange)];
}

/** A 2xx needs a token that is good, however the request is spelled. Shows are in no public answer. */
function bypass(operation: Operation | undefined, access: Access, { status, body }: Sent): string[] {
  if (status >= 300) return [];
  const isProtected = operation === undefined || operation.scopes.length > 0;
  if (isProtected && access === 'never')
    return [`BYPASS: ${status} for a token that opens nothing: ${body.slice(0, 200)}`];
  if (!isProtected && body.includes('"response"')) return [`BYPASS: shows in a public answer: ${body.slice(0, 200)}`];
  return [];
}

/** Where it is clear what a request asks for, it is clear what it gets. */
function unexpected(exchange: Exchange): string[] {
  const { plan, operation, answer } = exchange;
  if (!operation || plan.spelling.how !== 'as it is' || plan.method === 'HEAD') return [];
  // The gateway has no route for it.
  if (plan.door === 'gateway' && operation.path === '/ready') return expectOne([404, 431], answer);
  if (operation.scopes.length === 0) return expectOne([200, 400, 431], answer);
  return expectOne(expected(exchange), answer);
}

function expected({ plan, operation, access, body }: Exchange): readonly number[] {
  if (access === 'never') return refusals;
  const granted = operation?.method === 'POST' ? ofPost(body?.valid, plan.query.text === '') : ofGet(plan);
  return access === 'must' ? granted : [...granted, ...refusals];
}

function ofGet({ query, body }: Exchange['plan']): readonly number[] {
  const answers = { yes: [200], no: [400], maybe: [200, 400] }[query.valid];
  // A body means nothing here; it may be read, and be refused for itself.
  return body ? [...answers, 400, 413, 415] : answers;
}

function ofPost(valid: 'yes' | 'no' | 'maybe' | undefined, isPlain: boolean): readonly number[] {
  if (valid === undefined || valid === 'no') return [400, 413, 415];
  return valid === 'yes' && isPlain ? [201, 409] : [201, 409, 400, 415];
}

function expectOne(statuses: readonly number[], { status, body }: Sent): string[] {
  return statuses.includes(status)
    ? []
    : [`the status is ${status}, not ${statuses.join(' or ')}: ${body.slice(0, 300)}`];
}
