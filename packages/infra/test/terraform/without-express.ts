import { withStandIns } from './stand-ins.ts';

/**
 * The same files for a provider that does not know ECS Express Mode yet: a stand-in takes the place of each service. The
 * service's own arguments are checked against the schema of provider 6.66.
 */
export function withoutExpress(files: ReadonlyMap<string, string>): Map<string, string> {
  return withStandIns(files, {
    aws_ecs_express_gateway_service: {
      service_arn: '"arn:aws:ecs:eu-central-1:123456789012:service/express"',
      ingress_paths: '[{ access_type = "PUBLIC", endpoint = "https://express.example.com/" }]',
    },
  });
}
