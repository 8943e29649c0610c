import type { App, Problem } from '@keelson/contract';
import { connectedHosts } from './source.ts';
import { checkApart } from '../github/check.ts';

/** What keeps the app from being delivered as its configuration says. */
export function checkDelivery(app: App): Problem[] {
  const { delivery } = app;
  if (!delivery) return [];
  if (delivery.provider === 'github-actions') return [...checkState(app), ...checkServices(app), ...checkApart(app)];
  return [
    ...(delivery.provider === 'codebuild'
      ? [...checkRepository(delivery.repository), ...checkBranch(delivery.branch)]
      : checkHost(delivery.repository)),
    ...checkState(app),
    ...checkServices(app),
  ];
}

/** Others need a host of their own in AWS beside the connection. */
function checkHost(repository: string | undefined): Problem[] {
  const host = repository?.split('/')[2];
  if (host === undefined || connectedHosts.includes(host)) return [];
  const hint = `A connection leads to ${connectedHosts.join(', ')}; CodeBuild and CodePipeline know no others by themselves.`;
  return [{ path: 'delivery.repository', message: `\`${host}\` cannot be connected`, hint }];
}

function checkRepository(repository: string | undefined): Problem[] {
  if (repository?.startsWith('https://github.com/')) return [];
  const message = repository === undefined ? 'is missing' : `\`${repository}\` is not on github.com`;
  const hint = "CodeBuild fetches the source from GitHub: `repository: 'https://github.com/acme/shows'`.";
  return [{ path: 'delivery.repository', message, hint }];
}

function checkBranch(branch = 'main'): Problem[] {
  if (/^[\w./-]+$/.test(branch)) return [];
  const hint = 'Write the name of one branch, such as `main`: letters, digits and `._/-`.';
  return [
    { path: 'delivery.branch', message: `${JSON.stringify(branch)} is not a branch that can be delivered`, hint },
  ];
}

function checkState({ name, state }: App): Problem[] {
  if (state) return [];
  return [
    {
      path: 'state',
      message: 'is missing: a pipeline cannot use a state that is a file on someone’s machine',
      hint: `Add \`state: { bucket: '${name}-terraform-state' }\`, with a name that nobody else has, and run \`npx keelson state bootstrap\`.`,
    },
  ];
}

function checkServices({ services, environments, delivery }: App): Problem[] {
  const computes = delivery?.provider === 'github-actions' ? ['fargate', 'lambda'] : ['fargate'];
  const others = Object.entries(services).filter(([, { compute }]) => !computes.includes(compute));
  const architectures = Object.values(environments ?? {}).map(({ architecture }) => architecture ?? 'x86_64');
  return [
    ...others.map(([name, { compute }]) => ({
      path: `services.${name}.compute`,
      message: `there is no delivery to ${compute === 'lambda' ? 'Lambda' : 'Express Mode'} yet`,
      hint: "Write `compute: 'fargate'`, or leave `delivery` out.",
    })),
    ...(new Set(architectures).size <= 1
      ? []
      : [
          {
            path: 'environments',
            message: 'a delivery gives all environments the same image, but they have different architectures',
            hint: 'Write the same `architecture` in each of them.',
          },
        ]),
  ];
}
