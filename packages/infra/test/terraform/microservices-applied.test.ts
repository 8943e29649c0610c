import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { template } from '../template.ts';
import { type AppliedEnvironment, appliedEnvironment, appliesOf } from './applied-environment.ts';

const app = await template('microservices');
const { environments, isSkipped } = appliesOf(app);

describe.skipIf(isSkipped).each(environments)('microservices, %s, in an emulated account', (name) => {
  const { domain } = app.environments?.[name] ?? {};
  let here: AppliedEnvironment;

  beforeAll(async () => {
    here = await appliedEnvironment(app, name, {
      before: async ({ aws }) => {
        const zone = domain?.split('.').slice(1).join('.');
        if (zone) await aws('route53', 'create-hosted-zone', '--name', zone, '--caller-reference', 'before');
      },
    });
  }, 300_000);
  afterAll(() => here?.stop());

  test('applies in order, without a variable or a target, and not without an image', async () => {
    expect(await here.applyInOrder()).toMatch(/No image yet: push one/);
  }, 900_000);

  test('has nothing to change afterwards, but for the emulator’s defects', async () => {
    expect(await here.changes()).toEqual([]);
  }, 300_000);

  test('one load balancer sends /api/* to the backend and the rest to the frontend', async () => {
    const { aws } = here.account;
    const arns = (await aws(
      'elbv2',
      'describe-load-balancers',
      '--query',
      'LoadBalancers[].LoadBalancerArn',
    )) as string[];
    expect(arns).toHaveLength(1);
    const port = domain === undefined ? 80 : 443;
    const listenerQuery = `Listeners[?Port==\`${port}\`].ListenerArn`;
    const [listener = ''] = (await aws(
      'elbv2',
      'describe-listeners',
      '--load-balancer-arn',
      arns[0] ?? '',
      '--query',
      listenerQuery,
    )) as string[];
    const ruleQuery = 'Rules[].[Priority, Conditions[0].PathPatternConfig.Values, Actions[0].TargetGroupArn]';
    const rules = (await aws('elbv2', 'describe-rules', '--listener-arn', listener, '--query', ruleQuery)) as [
      string,
      string[] | null,
      string | null,
    ][];
    const routed = rules
      .filter(([priority]) => priority !== 'default')
      .map(([priority, paths, target]) => [Number(priority), paths, /targetgroup\/([\w-]+)\//.exec(target ?? '')?.[1]])
      .sort(([one], [other]) => Number(one) - Number(other));
    expect(routed).toEqual([
      [10, app.services['backend']?.paths, `microservices-${name}-backend`],
      [1000, ['/*'], `microservices-${name}-frontend`],
    ]);
  });

  test('tells the network and the load balancer', async () => {
    expect(await here.output('vpc_id')).toMatch(/^vpc-/);
    expect(await here.output('alb_dns_name')).toMatch(/\.amazonaws\.com$/);
  });

  test('destroys without leaving anything, once it is ephemeral', async () => {
    expect(await here.destroy()).toEqual([]);
  }, 900_000);
});
