import { randomBytes } from 'node:crypto';
import { accessOf, meant } from './model/access.ts';
import { wrongAnswer } from './model/answer.ts';
import { judgeBody } from './model/body-rules.ts';
import type { Exchange } from './model/exchange.ts';
import { created } from './model/exchange.ts';
import { isListed, type Shows, wrongWrites } from './model/shows.ts';
import { runMark } from './requests/body.ts';
import { place } from './requests/credentials.ts';
import type { RequestPlan } from './requests/request-plan.ts';
import type { Outgoing } from './requests/send.ts';
import { spelled } from './requests/spelling.ts';
import { showSchema } from './show-schema.ts';
import type { Summary } from './summary.ts';
import type { System } from './system.ts';

/** Sends requests at the same time and checks each answer, and the table afterwards. @throws Error with everything that is wrong */
export async function runConcurrently(
  system: System,
  plans: readonly RequestPlan[],
  shows: Shows,
  summary: Summary,
): Promise<void> {
  const mark = randomBytes(6).toString('hex');
  const before: Shows = new Map(shows);
  const exchanges = await Promise.all(plans.map((plan) => exchange(system, marked(plan, mark))));
  for (const each of exchanges) summary.add(each);
  const named = exchanges.flatMap(({ body }) => body?.shows.map(({ slug }) => slug) ?? []);
  const after = await system.table.read(named);
  for (const [slug, item] of after) shows.set(slug, item);
  const problems = [
    ...exchanges.flatMap((each) => wrongAnswer(each).map((problem) => `${nameOf(each.plan)}: ${problem}`)),
    ...wrongWrites(exchanges, before, after, showSchema(system.operations)),
    ...exchanges.flatMap((each) => wrongListing(each, before, exchanges)),
  ];
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

function marked(plan: RequestPlan, mark: string): RequestPlan {
  return plan.body ? { ...plan, body: { ...plan.body, text: plan.body.text.replaceAll(runMark, mark) } } : plan;
}

async function exchange(system: System, plan: RequestPlan): Promise<Exchange> {
  const { issuer, operations } = system;
  const minted = await system.mint.make(plan.token);
  const answer = await system.sender
    .send(system.doors[plan.door], outgoing(plan, minted.token))
    .catch((error: Error) => {
      throw new Error(`${nameOf(plan)}: ${error.message}`, { cause: error });
    });
  const operation = meant(operations, plan);
  const schema = operations.find(({ body, path }) => body && path === plan.path)?.body;
  return {
    plan,
    minted,
    operation,
    access: accessOf(operation, plan, minted, { issuer: issuer.issuer, kid: issuer.key.kid }),
    body: plan.body && schema && plan.method === 'POST' ? judgeBody(plan.body, schema) : undefined,
    answer,
  };
}

function outgoing(plan: RequestPlan, token: string): Outgoing {
  const { headers, query } = place(plan.place);
  const queries = [plan.query.text, query?.(token) ?? ''].filter((text) => text !== '').join('&');
  const path = spelled(plan.spelling, plan.path);
  const { body } = plan;
  return {
    method: plan.method,
    path: queries === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${queries}`,
    headers: {
      ...(headers(token) as Record<string, string | string[]>),
      ...(typeof body?.contentType === 'string' && { 'content-type': body.contentType }),
    },
    body: body ? Buffer.from(body.text, body.latin1 ? 'latin1' : 'utf8') : undefined,
    chunked: body?.chunked ?? false,
  };
}

/** A full list has what was there before, and nothing that nobody has created. */
function wrongListing({ plan, answer }: Exchange, before: Shows, all: readonly Exchange[]): string[] {
  if (plan.method !== 'GET' || answer.status !== 200 || !answer.body.startsWith('{"response"')) return [];
  if (plan.query.text !== '') return [];
  const { response } = JSON.parse(answer.body) as { response: { slug: string }[] };
  const listed = new Set(response.map(({ slug }) => slug));
  const possible = new Set(all.filter(created).flatMap(({ body }) => body?.shows.map(({ slug }) => slug) ?? []));
  const missing = [...before].filter(([slug, item]) => isListed(item) && !listed.has(slug)).map(([slug]) => slug);
  const invented = [...listed].filter((slug) => !before.has(slug) && !possible.has(slug));
  return [...missing.map((slug) => `${slug} is not listed`), ...invented.map((slug) => `${slug} is listed`)];
}

function nameOf({ door, method, spelling, path, place: where }: RequestPlan): string {
  return `${method} ${spelled(spelling, path)} at the ${door}, token in ${where}`;
}
