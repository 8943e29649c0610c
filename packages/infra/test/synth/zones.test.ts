import { describe, expect, test } from 'vitest';
import { composeShared } from '../../src/compose.ts';
import { synth } from '../../src/index.ts';
import { environmentStack, resourcesOf, usersInContainer, usersWith } from './apps.ts';

describe('a hosted zone of one’s own', () => {
  test('is made once, with what is shared, and its name servers are an output', () => {
    const shared = composeShared(usersInContainer());
    expect(resourcesOf(shared, 'aws_route53_zone').map(({ args }) => args.name)).toEqual(['example.com']);
    expect(synth(usersInContainer()).files.get('shared/zones.tf')).toContain('output "example_com_name_servers"');
    for (const name of ['dev', 'prod']) {
      expect(resourcesOf(environmentStack(usersInContainer(), name), 'aws_route53_zone')).toEqual([]);
    }
  });

  test('is found where it is not asked for', () => {
    expect(resourcesOf(composeShared(usersWith()), 'aws_route53_zone')).toEqual([]);
    expect(synth(usersWith()).files.get('dev/domain.tf')).toContain('data "aws_route53_zone" "main"');
  });
});
