import type { Exchange } from './model/exchange.ts';
import type { RequestPlan } from './requests/request-plan.ts';

/** Counts what was sent, by what was unusual about it, and what came back. */
export interface Summary {
  readonly requests: number;
  add(exchange: Exchange): void;
  /** One line per rule. */
  lines(): string[];
}

export function createSummary(): Summary {
  const rules = new Map<string, Map<number, number>>();
  let requests = 0;
  return {
    get requests() {
      return requests;
    },
    add({ plan, operation, answer: { status } }) {
      requests++;
      const isPublic = operation?.scopes.length === 0 && plan.spelling.how === 'as it is';
      for (const rule of [isPublic ? `public: ${plan.path}` : ruleOf(plan), `at the ${plan.door}`, 'all']) {
        const statuses = rules.get(rule) ?? new Map<number, number>();
        rules.set(rule, statuses.set(status, (statuses.get(status) ?? 0) + 1));
      }
    },
    lines: () => {
      const width = Math.max(...[...rules.keys()].map(({ length }) => length));
      return [...rules]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([rule, statuses]) => `${rule.padEnd(width)}  ${counts(statuses)}`);
    },
  };
}

function counts(statuses: ReadonlyMap<number, number>): string {
  return [...statuses]
    .toSorted(([a], [b]) => a - b)
    .map(([status, count]) => `${status}: ${count}`)
    .join('  ');
}

/** The first thing that is unusual. */
function ruleOf({ method, path, spelling, place, token, query, body }: RequestPlan): string {
  if (spelling.how !== 'as it is') return `path: ${spelling.how}`;
  if (method !== 'GET' && method !== 'POST') return `method: ${method}`;
  if (place !== 'Bearer') return `credentials: ${place}`;
  const unusual = unusualOf(token);
  if (unusual !== undefined) return `token: ${unusual}`;
  if (query.text !== '') return `query: ${{ yes: 'valid', no: 'not valid', maybe: 'cursors and others' }[query.valid]}`;
  return method === 'POST' && body ? `body: ${body.rule}` : `${method} ${path}`;
}

function unusualOf({ tamper, signer, header, claims, times }: RequestPlan['token']): string | undefined {
  if (tamper) return tamper.how;
  if (signer !== 'issuer') return `signed by ${signer}`;
  const [[name] = []] = Object.entries(header);
  if (name !== undefined)
    return ['alg', 'kid', 'jwk', 'jku', 'x5u', 'crit', 'b64', 'x', 'typ'].includes(name)
      ? `header ${name}`
      : 'header, others';
  const [claim] = Object.keys(claims);
  if (claim !== undefined)
    return ['scope', 'scp', 'permissions', 'iss', 'client_id', 'token_use', 'aud', 'sub', 'exp', 'nbf', 'iat'].includes(
      claim,
    )
      ? `claim ${claim}`
      : 'claims, others';
  return Object.keys(times).length > 0 ? 'times' : undefined;
}
