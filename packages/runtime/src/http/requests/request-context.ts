import { isIP } from 'node:net';

/**
 * The address in the request context that API Gateway makes for a payload of format 2.0
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html), as JSON: its
 * `http.sourceIp`. `undefined` when it names none, or is not one JSON document.
 *
 * The Lambda Web Adapter replaces whatever a client sent under that name, so there is one document; two that were joined by
 * a comma are none.
 */
export function sourceIpIn(requestContext: string): string | undefined {
  const address = property(property(parsed(requestContext), 'http'), 'sourceIp');
  return typeof address === 'string' && isIP(address) !== 0 && !address.includes('%') ? address : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}
