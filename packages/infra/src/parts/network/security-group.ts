import type { Stack } from '../../aws/index.ts';
import type { Reference } from '../../hcl/index.ts';
import type { Site } from '../../site/site.ts';
import type { Reach } from '../access/grant.ts';

/** An empty security group; rules are resources of their own, each with its reason. */
export function securityGroup(stack: Stack, site: Site, id: string, vpcId: Reference, description: string): Reference {
  const name = `${site.prefix}-${id.replaceAll('_', '-')}`;
  const group = stack.resource('aws_security_group', id, { name, description, vpc_id: vpcId, tags: { Name: name } });
  return group.ref('id');
}

/** https to anywhere: AWS’s own services, and the login provider, have no fixed addresses. */
export function allowHttpsOut(stack: Stack, id: string, group: Reference): void {
  stack.resource('aws_vpc_security_group_egress_rule', `${id}_https`, {
    security_group_id: group,
    description: 'https to AWS services and to providers, whose addresses change',
    cidr_ipv4: '0.0.0.0/0',
    ip_protocol: 'tcp',
    from_port: 443,
    to_port: 443,
  });
}

/** Lets `group` connect to what it uses: a rule on each side. */
export function allowReach(stack: Stack, id: string, group: Reference, reach: readonly Reach[]): void {
  for (const { name, port, securityGroup: target } of reach) {
    const ports = { ip_protocol: 'tcp', from_port: port, to_port: port };
    stack.resource('aws_vpc_security_group_egress_rule', `${id}_${name}`, {
      security_group_id: group,
      description: `${id} connects to ${name}`,
      referenced_security_group_id: target,
      ...ports,
    });
    stack.resource('aws_vpc_security_group_ingress_rule', `${name}_${id}`, {
      security_group_id: target,
      description: `${id} connects to ${name}`,
      referenced_security_group_id: group,
      ...ports,
    });
  }
}
