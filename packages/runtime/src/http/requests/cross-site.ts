import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { KeelsonError } from '../../errors/index.ts';

export interface CrossSiteOptions {
  /** The service's own origin; `undefined` while it is not known. */
  readonly origin: () => string | undefined;
  /** Other origins that may send unsafe requests, without cookies. @default [] */
  readonly allowedOrigins?: readonly string[];
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/**
 * Refuses unsafe requests that a page of another site made a browser send (CSRF), by `Sec-Fetch-Site`, or by `Origin`
 * from browsers without it. A caller that sends neither is no browser and has no cookies to abuse.
 */
export const crossSiteGuard = fp(crossSitePlugin, { name: 'keelson-cross-site', fastify: '5.x' });

async function crossSitePlugin(app: FastifyInstance, options: CrossSiteOptions): Promise<void> {
  const allowed = new Set(options.allowedOrigins ?? []);
  app.addHook('onRequest', (request, _reply, done) => {
    if (safeMethods.has(request.method) || isOwnSite(request, options.origin) || isAllowed(request, allowed))
      return done();
    done(new KeelsonError('CROSS_SITE_REQUEST', { detail: describe(request) }));
  });
}

const knownSites = new Set(['cross-site', 'same-site', 'same-origin', 'none']);

/** For the log: nothing that is not of the form a browser gives it. */
function describe({ method, headers: { 'sec-fetch-site': site, origin } }: FastifyRequest): string {
  const from = typeof site === 'string' && knownSites.has(site) ? site : 'unknown';
  return `Refused a ${method}; site: ${from}, origin: ${describeOrigin(origin)}.`;
}

function describeOrigin(origin: string | undefined): string {
  if (origin === undefined || origin === 'null') return origin === undefined ? 'none' : 'opaque';
  const known = origin.length <= 200 && URL.canParse(origin) && new URL(origin).origin === origin;
  return known ? origin : 'malformed';
}

function isOwnSite(request: FastifyRequest, ownOrigin: CrossSiteOptions['origin']): boolean {
  const { 'sec-fetch-site': site, origin } = request.headers;
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  return origin === undefined || origin === ownOrigin();
}

function isAllowed(request: FastifyRequest, allowed: ReadonlySet<string>): boolean {
  const { origin, cookie } = request.headers;
  return origin !== undefined && cookie === undefined && allowed.has(origin);
}
