import type { Stack } from '../aws/index.ts';
import { type Expression, text } from '../hcl/index.ts';
import { identifier, type Site, usedResources } from '../site/site.ts';
import type { Ingresses } from './ingress/ingresses.ts';
import type { MadeService } from './compute/made-service.ts';
import type { Resources } from './resources.ts';
import type { TokenClient, Tokens } from './tokens/tokens.ts';

export interface OutputArgs {
  readonly services: readonly MadeService[];
  /** By database. */
  readonly migrations: ReadonlyMap<string, Expression>;
  readonly resources: Pick<Resources, 'tables' | 'tokens' | 'notes'>;
  readonly ingresses: Ingresses;
}

/** What a person or a pipeline needs to know after an apply. */
export function outputs(stack: Stack, site: Site, args: OutputArgs): void {
  const { services, migrations } = args;
  const [first] = services;
  const isForMachines = args.resources.tokens.size > 0 && !hasLogin(site);
  const description = isForMachines ? 'Address that programs reach the API at' : 'Address that people reach the app at';
  if (first) stack.output('url', { description, value: first.url });
  stack.output('ingress_paths', {
    description: 'Endpoints of each service, as AWS made them',
    value: Object.fromEntries(services.map(({ name, ingressPaths, url }) => [name, ingressPaths ?? [url]])),
  });
  stack.output('service_arns', {
    description: 'ARN of each service',
    value: Object.fromEntries(services.map(({ name, arn }) => [name, arn])),
  });
  if (first) loginOutputs(stack, site, first.url);
  ingressOutputs(stack, args.ingresses);
  functionOutputs(stack, services);
  tableOutputs(stack, args.resources.tables);
  tokenOutputs(stack, [...args.resources.tokens.values()]);
  for (const [database, command] of migrations) {
    stack.output(migrations.size === 1 ? 'migrate_command' : `${database}_migrate_command`, {
      description: `Makes the user of ${database} and runs its migrations; start it after the first apply and whenever there are new ones`,
      value: command,
    });
  }
  for (const { name, ...note } of args.resources.notes) stack.output(name, note);
}

function hasLogin(site: Site): boolean {
  return usedResources(site).some(({ resource }) => resource.kind === 'login');
}

function loginOutputs(stack: Stack, site: Site, url: Expression): void {
  const resources = new Map(site.services.flatMap(({ uses }) => uses.map((used) => [used.name, used.resource])));
  for (const resource of resources.values()) {
    if (resource.kind !== 'login') continue;
    const prefix = resource.provider === 'generic' ? 'oidc' : resource.provider;
    stack.output(`${prefix}_callback_url`, {
      description: 'Register this address with the provider as an allowed callback',
      value: text`${url}${resource.callbackPath ?? '/auth/callback'}`,
    });
    // Google ends no session for others: it has no such setting.
    if (resource.provider === 'google') continue;
    stack.output(`${prefix}_logout_url`, {
      description: 'Register this address with the provider as allowed after a logout',
      value: text`${url}/`,
    });
  }
}

function ingressOutputs(stack: Stack, ingresses: Ingresses): void {
  const { balanced } = ingresses['http-api'] ?? {};
  if (!balanced) return;
  stack.output('apigw_url', { description: 'Address of the HTTP API', value: balanced.url });
  stack.output('alb_url', {
    description: 'Address of the load balancer behind the HTTP API; nothing outside the network reaches it',
    value: text`http://${balanced.balancerName}`,
  });
}

function functionOutputs(stack: Stack, services: readonly MadeService[]): void {
  const functions = services.flatMap(({ name, id, url, functionName }) =>
    functionName ? [{ name, id, url, functionName }] : [],
  );
  const [first] = functions;
  if (!first) return;
  stack.output('api_endpoint', { description: 'Address of the HTTP API in front of Lambda', value: first.url });
  for (const { name, id, functionName } of functions) {
    stack.output(functions.length === 1 ? 'lambda_function_name' : `${id}_lambda_function_name`, {
      description: `Name of the function of ${name}`,
      value: functionName,
    });
  }
}

function tableOutputs(stack: Stack, tables: Resources['tables']): void {
  for (const { resource, name } of tables) {
    stack.output(tables.length === 1 ? 'dynamodb_table' : `${resource.id}_dynamodb_table`, {
      description: `Name of the DynamoDB table ${resource.name}`,
      value: name,
    });
  }
}

function tokenOutputs(stack: Stack, tokens: readonly Tokens[]): void {
  const made = tokens.flatMap(({ endpoint, ...each }) => (endpoint === undefined ? [] : [{ ...each, endpoint }]));
  for (const { resource, endpoint, clients } of made) {
    const prefix = made.length === 1 ? 'cognito' : `${resource.id}_cognito`;
    stack.output(`${prefix}_token_endpoint`, {
      description: "Where Cognito gives tokens, at its own address; the HTTP API's token route passes on to it",
      value: endpoint,
    });
    for (const client of clients) {
      clientOutputs(stack, clients.length === 1 ? prefix : `${prefix}_${identifier(client.name)}`, client);
    }
  }
}

function clientOutputs(stack: Stack, prefix: string, { name, id, secret }: TokenClient): void {
  stack.output(`${prefix}_client_id`, { description: `Id of the client ${name}`, value: id });
  stack.output(`${prefix}_client_secret`, {
    description: `Secret of the client ${name}, made by Cognito and therefore in the state; terraform output -raw ${prefix}_client_secret`,
    value: secret,
    sensitive: true,
  });
}
