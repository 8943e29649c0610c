import type { App, Compute, Problem } from '@keelson/contract';

interface Kept {
  readonly beginning: string;
  /** Whose names may not begin so. */
  readonly of: string;
  isMade(app: App): boolean;
}

const parameter = { of: 'parameter of Systems Manager', isMade: () => true };

/**
 * Beginnings that AWS keeps for itself. What is made for an app begins with its name.
 * Source: AWS, PutParameter, CreateSecurityGroup and CreateLoadBalancer
 */
const kept: readonly Kept[] = [
  { beginning: 'aws', ...parameter },
  { beginning: 'ssm', ...parameter },
  { beginning: 'sg-', of: 'security group', isMade: hasNetwork },
  { beginning: 'internal-', of: 'load balancer', isMade: runsOn('fargate') },
];

/** Names of apps that AWS refuses. */
export function checkAppName(app: App): Problem[] {
  return kept
    .filter(({ beginning, isMade }) => `${app.name}-`.startsWith(beginning) && isMade(app))
    .map(({ beginning, of }) => ({
      path: 'name',
      message: `AWS takes no ${of} whose name begins with \`${beginning}\`, and that of \`${app.name}\` would`,
      hint: 'Choose another name for the app.',
    }));
}

function runsOn(compute: Compute): (app: App) => boolean {
  return ({ services }) => Object.values(services).some((service) => service.compute === compute);
}

function hasNetwork(app: App): boolean {
  const hasDatabase = Object.values(app.resources ?? {}).some(({ kind }) => kind === 'postgres');
  return hasDatabase || runsOn('express')(app) || runsOn('fargate')(app);
}
