import { isObject } from '../schema/json-schema.ts';
import type { Sent } from '../requests/send.ts';

/** What is wrong with an answer whatever was asked: its form, its headers, and what it tells. */
export function wrongForm(answer: Sent, method: string, atGateway: boolean, token: string): string[] {
  const { status, headers, body } = answer;
  const problems: string[] = [];
  if (status >= 500 || status < 200) problems.push(`the status is ${status}: ${body.slice(0, 500)}`);
  const isGateways = atGateway && isGatewayMessage(answer, method);
  if (status >= 400 && method !== 'HEAD' && !isGateways) problems.push(...wrongProblem(answer));
  if (!isGateways) problems.push(...wrongHeaders(answer));
  if (method === 'HEAD' && body !== '') problems.push('an answer to HEAD has a body');
  const signature = token.split('.')[2] ?? '';
  if (signature.length > 30 && (body.includes(signature) || JSON.stringify(headers).includes(signature))) {
    problems.push('the answer repeats the token');
  }
  return problems;
}

/** An answer of the HTTP API itself; its form is that of AWS. */
function isGatewayMessage({ status, headers, body }: Sent, method: string): boolean {
  if (status < 400 || headers['content-type'] !== 'application/json') return false;
  return method === 'HEAD' ? body === '' : /^\{"message":"[A-Z][A-Za-z ]+"\}$/.test(body);
}

/** RFC 9457. */
function wrongProblem({ status, headers, body }: Sent): string[] {
  if (!/^application\/problem\+json(; charset=utf-8)?$/.test(headers['content-type'] ?? '')) {
    return [`an answer ${status} is ${headers['content-type']}: ${body.slice(0, 200)}`];
  }
  const document = parse(body);
  if (!isObject(document) || document['status'] !== status) return [`no problem document: ${body.slice(0, 200)}`];
  const { code, title, type } = document;
  const isWhole = [code, title, type].every((member) => typeof member === 'string' && member !== '');
  return isWhole ? [] : [`no whole problem document: ${body.slice(0, 200)}`];
}

/** Check 47, and 23 for refusals. */
function wrongHeaders({ status, headers }: Sent): string[] {
  const policy = String(headers['content-security-policy'] ?? '');
  const missing = [
    ...["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"].filter(
      (directive) => !policy.includes(directive),
    ),
    ...(headers['x-content-type-options'] === 'nosniff' ? [] : ['x-content-type-options']),
    ...(headers['referrer-policy'] === undefined ? ['referrer-policy'] : []),
    ...(status >= 400 && !/no-store/.test(headers['cache-control'] ?? '') ? ['cache-control: no-store'] : []),
  ];
  return missing.length > 0 ? [`an answer ${status} lacks ${missing.join(', ')}`] : [];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
