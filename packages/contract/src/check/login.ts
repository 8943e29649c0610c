import type { App } from '../app.ts';
import { ingressOf } from '../ingress.ts';
import { matchesPath, pathRules } from '../paths.ts';
import type { Problem } from '../problem.ts';
import type { RouteRule } from '../schema.ts';

interface Parts {
  readonly services: App['services'];
  readonly resources: NonNullable<App['resources']>;
}

type Login = Extract<NonNullable<App['resources']>[string], { kind: 'login' }>;

/** The paths that a browser asks for during a sign-in, as the runtime has them when nothing is said. */
const defaults = { loginPath: '/login', callbackPath: '/auth/callback' } as const;

/** What keeps people from signing in, although each part of it is right. */
export function checkLogin(app: Parts): Problem[] {
  const logins = Object.entries(app.resources).flatMap(([name, resource]) =>
    resource.kind === 'login' ? [{ name, login: resource }] : [],
  );
  return logins.flatMap(({ name, login }) => [...domainOfGoogle(name, login), ...reached(app, name, login)]);
}

function domainOfGoogle(name: string, { provider, hostedDomain }: Login): Problem[] {
  if (hostedDomain === undefined || provider === 'google') return [];
  const message = `means nothing with \`${provider}\`: Google alone says of which domain an account is, and everybody else would be refused`;
  const hint = "Leave it out, or write `provider: 'google'`. Other providers limit who may sign in on their own side.";
  return [{ path: `resources.${name}.hostedDomain`, message, hint }];
}

/** Services may share an address, and then one of those that use the login has to get what belongs to it. */
function reached({ services }: Parts, name: string, login: Login): Problem[] {
  const users = Object.keys(services).filter((service) => services[service]?.uses?.includes(name));
  return (['loginPath', 'callbackPath'] as const).flatMap((setting) => {
    const path = login[setting] ?? defaults[setting];
    const way = `resources.${name}.${setting}`;
    return [...atLoadBalancer(services, users, path, way), ...atHttpApi(services, users, path, way)];
  });
}

function atLoadBalancer(services: App['services'], users: readonly string[], path: string, way: string): Problem[] {
  const rules = pathRules(services);
  const [first] = users.filter((user) => rules.some(({ service }) => service === user));
  if (first === undefined) return [];
  const owner = rules.find(({ patterns }) => patterns.some((pattern) => matchesPath(pattern, path)))?.service;
  if (owner !== undefined && users.includes(owner)) return [];
  const where = owner === undefined ? 'no service' : `\`${owner}\`, which does not use the login`;
  const hint = `Add \`'${path}'\` to the \`paths\` of \`${first}\`, or write a path that it gets as \`${way}\`, and in its code.`;
  return [{ path: `services.${first}.paths`, message: `\`${path}\` goes to ${where}: nobody could sign in`, hint }];
}

function atHttpApi(services: App['services'], users: readonly string[], path: string, way: string): Problem[] {
  const behind = Object.entries(services).filter(
    ([, service]) => service.compute !== 'express' && ingressOf(service) === 'http-api',
  );
  const [first] = users.filter((user) => behind.some(([name]) => name === user));
  if (first === undefined) return [];
  const taking = behind.flatMap(([name, { routes = {} }]) =>
    Object.entries(routes)
      .filter(([route]) => takes(route, path))
      .map(([, rule]) => ({ name, rule }) as { name: string; rule: RouteRule }),
  );
  // What no route takes goes to the service that has none.
  const rest = behind.filter(([, { routes }]) => routes === undefined).map(([name]) => ({ name, rule: 'public' }));
  if ((taking.length > 0 ? taking : rest).some(({ name, rule }) => rule === 'public' && users.includes(name)))
    return [];
  const message = `no public route brings \`GET ${path}\` to a service that uses the login: nobody could sign in`;
  const hint = `Add \`'GET ${path}': 'public'\` to the \`routes\` of \`${first}\`, and those of the sign-out, or write a path that it gets as \`${way}\`, and in its code.`;
  return [{ path: `services.${first}.routes`, message, hint }];
}

/** Whether a route takes GET requests for a path: `{name}` is one part of it, `{name+}` the rest. */
function takes(route: string, path: string): boolean {
  const [method = '', pattern = ''] = route.split(' ');
  if (method !== 'GET' && method !== 'ANY') return false;
  const wanted = pattern.split('/');
  const parts = path.split('/');
  const isGreedy = wanted.at(-1)?.endsWith('+}') ?? false;
  if (isGreedy ? parts.length < wanted.length : parts.length !== wanted.length) return false;
  return wanted.every((part, index) => (part.startsWith('{') ? parts[index] !== '' : part === parts[index]));
}
