/** API Gateway's payload format 2.0, as far as the adapter reads it (docs: http-api-develop-integrations-lambda). */
export interface HttpApiEvent {
  readonly version: '2.0';
  readonly routeKey: '$default';
  /** As the client sent it, percent-encoded. */
  readonly rawPath: string;
  readonly rawQueryString: string;
  /** `name=value` each; absent: there was no `Cookie` header. */
  readonly cookies?: readonly string[];
  /** By lower-case name; what came several times is joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly requestContext: RequestContext;
  readonly body?: string;
  readonly isBase64Encoded: boolean;
}

export interface RequestContext {
  readonly accountId: string;
  readonly apiId: string;
  readonly domainName: string;
  readonly domainPrefix: string;
  readonly http: {
    readonly method: string;
    readonly path: string;
    readonly protocol: string;
    readonly sourceIp: string;
    readonly userAgent: string;
  };
  readonly requestId: string;
  readonly routeKey: '$default';
  readonly stage: '$default';
  readonly time: string;
  readonly timeEpoch: number;
}

/** A request as it arrived at the API. */
export interface GatewayRequest {
  readonly method: string;
  /** Path and query, as in the request line. */
  readonly target: string;
  /** Names and values in turns, as Node's `rawHeaders`. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly sourceIp: string;
}

/** Content types whose bodies API Gateway passes on as text; every other one, forms included, becomes base64. */
const textTypes = /^(?:text\/|application\/(?:json|javascript|xml)\b|[^;]+\+(?:json|xml)\b)/i;

const connectionHeaders = new Set(['connection', 'keep-alive', 'transfer-encoding', 'te', 'upgrade', 'expect']);

/** What API Gateway makes of a request for the stage `$default`. */
export function eventOf(request: GatewayRequest): HttpApiEvent {
  const [rawPath, rawQueryString] = splitOnce(request.target, '?');
  const { cookies, ...headers } = headersOf(request);
  const host = headers['host'] ?? '';
  const text = request.body.length === 0 || textTypes.test(headers['content-type'] ?? 'text/plain');
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    ...(cookies === undefined ? {} : { cookies: cookies.split(/; ?/) }),
    headers: { ...headers, 'x-forwarded-port': '443', 'x-forwarded-proto': 'https' },
    requestContext: contextOf(request, rawPath, host, headers['user-agent'] ?? ''),
    ...(request.body.length > 0 && { body: request.body.toString(text ? 'utf8' : 'base64') }),
    isBase64Encoded: !text,
  };
}

function contextOf({ method, sourceIp }: GatewayRequest, path: string, domainName: string, userAgent: string) {
  const now = new Date();
  return {
    accountId: '123456789012',
    apiId: 'a1b2c3d4e5',
    domainName,
    domainPrefix: domainName.split('.')[0] ?? '',
    http: { method, path, protocol: 'HTTP/1.1', sourceIp, userAgent },
    requestId: crypto.randomUUID(),
    routeKey: '$default',
    stage: '$default',
    time: now.toUTCString(),
    timeEpoch: now.getTime(),
  } as const;
}

function headersOf({ rawHeaders, body, sourceIp }: GatewayRequest): Record<string, string> & { cookies?: string } {
  const headers: Record<string, string> = {};
  const cookies: string[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? '';
    const value = rawHeaders[index + 1] ?? '';
    if (connectionHeaders.has(name)) continue;
    if (name === 'cookie') cookies.push(value);
    else headers[name] = headers[name] === undefined ? value : `${headers[name]},${value}`;
  }
  headers['content-length'] = String(body.length);
  headers['x-forwarded-for'] = [headers['x-forwarded-for'], sourceIp].filter(Boolean).join(', ');
  return cookies.length === 0 ? headers : Object.assign(headers, { cookies: cookies.join('; ') });
}

function splitOnce(text: string, at: string): [string, string] {
  const index = text.indexOf(at);
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
}
