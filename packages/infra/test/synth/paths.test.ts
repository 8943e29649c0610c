import { readdirSync, readFileSync } from 'node:fs';
import type { App } from '@keelson/contract';
import { describe, expect, test } from 'vitest';
import { serviceFile } from '../../src/parts/compute/service-file.ts';
import { composeEnvironment } from '../../src/compose.ts';
import { synth } from '../../src/index.ts';
import { template } from '../template.ts';

const microservices = await template('microservices');
type Service = App['services'][string];
const service: Service = { source: 'src/main.ts', compute: 'fargate' };

function rulesOf(services: App['services']) {
  const settings = { ephemeral: true };
  const app: App = { name: 'shop', region: 'eu-central-1', services, environments: { dev: settings } };
  return composeEnvironment(app, 'dev', settings)
    .declarations.flatMap((each) => (each.kind === 'resource' && each.type === 'aws_lb_listener_rule' ? [each] : []))
    .map(({ name, args }) => {
      const condition = args['condition'] as { path_pattern: { values: string[] } };
      return [name, args['priority'], condition.path_pattern.values];
    });
}

describe('paths at the shared load balancer', () => {
  test('of the template: /api/* to the backend, the rest to the frontend', () => {
    expect(rulesOf(microservices.services)).toEqual([
      ['frontend', 1000, ['/*']],
      ['backend', 10, ['/api', '/api/*']],
    ]);
  });

  test('are asked in the order of the services, and what is left comes last', () => {
    const services = {
      web: service,
      admin: { ...service, paths: ['/api/admin/*'] },
      api: { ...service, paths: ['/api', '/api/*'] },
      jobs: service,
    };
    expect(rulesOf(services)).toEqual([
      ['web', 1000, ['/*']],
      ['admin', 10, ['/api/admin/*']],
      ['api', 20, ['/api', '/api/*']],
      ['jobs', 30, ['/jobs', '/jobs/*']],
    ]);
  });
});

describe('what serves files', () => {
  const { files } = synth({ ...microservices, delivery: undefined } as unknown as App);
  const frontend = files.get('dev/frontend.tf') ?? '';

  test('gets no variables, may do nothing in AWS, and writes to /tmp alone', () => {
    expect(frontend).not.toContain('environment =');
    expect(frontend).toContain('readonlyRootFilesystem = true');
    expect(frontend).not.toContain('aws_iam_role_policy" "frontend_task');
  });

  test('is reached by the load balancer alone', () => {
    const rules = [...frontend.matchAll(/aws_vpc_security_group_ingress_rule" "(\w+)"/g)].map(([, name]) => name);
    expect(rules).toEqual(['frontend_load_balancer']);
    expect(frontend).toContain('assign_public_ip = false');
  });
});

describe('outputs for other Terraform', () => {
  test('name the network and the load balancer', () => {
    const { outputs } = outputsOf('dev');
    expect(outputs).toEqual(
      expect.arrayContaining(['vpc_id', 'public_subnet_ids', 'private_subnet_ids', 'alb_dns_name']),
    );
  });

  function outputsOf(environment: string) {
    const stack = composeEnvironment(microservices, environment, microservices.environments?.[environment] ?? {});
    return { outputs: stack.declarations.flatMap((each) => (each.kind === 'output' ? [each.name] : [])) };
  }
});

describe('files of services', () => {
  test('never are those of a concern', () => {
    const parts = new URL('../../src/', import.meta.url);
    const sources = readdirSync(parts, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const named = sources.flatMap((name) => [
      ...readFileSync(new URL(name, parts), 'utf8').matchAll(/\bfile\('([a-z-]+)\.tf'\)/g),
    ]);
    // Those of infra/shared and infra/state, where no service is written.
    const elsewhere = ['bucket', 'build', 'images', 'pipelines', 'registry', 'source', 'zones'];
    const concerns = [...new Set(named.map(([, name = '']) => name))].filter((name) => !elsewhere.includes(name));
    expect(concerns.length).toBeGreaterThan(10);
    for (const name of concerns) expect(serviceFile(name)).toBe(`${name}-service.tf`);
  });

  test('a service named backend has one, beside that of the state', () => {
    const { files } = synth({ ...microservices, delivery: undefined } as unknown as App);
    expect(files.get('dev/backend-service.tf')).toContain('resource "aws_ecs_service" "backend"');
    expect(files.get('dev/backend.tf')).not.toContain('resource');
  });
});
