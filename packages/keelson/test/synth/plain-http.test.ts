import { afterEach, expect, test } from 'vitest';
import { cleanUp, makeFolder } from '../dev/harness.ts';
import { command } from './app.ts';

afterEach(cleanUp);

interface Text {
  readonly provider?: string;
  readonly service?: string;
  readonly prod?: string;
}

async function makeApp({
  provider = 'google',
  service = "compute: 'fargate'",
  prod = "prod: { domain: 'app.example.com' }",
}: Text): Promise<string> {
  const config = `export default {
  name: 'shop', region: 'eu-central-1',
  resources: { login: { kind: 'login', provider: '${provider}' } },
  services: { api: { source: 'src/main.ts', ${service}, uses: ['login'] } },
  environments: { dev: { ephemeral: true }, test: { ephemeral: true }, ${prod} },
};
`;
  return makeFolder({ 'keelson.config.ts': config, 'src/main.ts': 'export default {};\n' });
}

test('Google at a load balancer without a domain: named by environment each time, with the ways out', async () => {
  const app = await makeApp({});
  for (const _run of [1, 2]) {
    const { code, output } = await command(app, 'synth');
    expect(output).toContain('note Nobody can sign in to dev, test: without a domain its load balancer is at http://');
    expect(output).toContain('(environments.dev.domain, environments.test.domain)');
    expect(output).toContain("services.api `ingress: 'http-api'`");
    expect(code).toBe(0);
  }
  expect((await command(app, 'synth', '--env', 'test')).output).toContain('Nobody can sign in to test: ');
  expect((await command(app, 'synth', '--env', 'prod')).output).not.toContain('note ');
});

test.each([
  ['another provider', { provider: 'auth0' }],
  ['Lambda', { service: "compute: 'lambda'" }],
  ['an HTTP API', { service: "compute: 'fargate', ingress: 'http-api'" }],
  ['ECS Express', { service: "compute: 'express'", prod: '' }],
])('%s: nothing is said', async (_, text) => {
  const { code, output } = await command(await makeApp(text), 'synth');
  expect({ code, output }).toEqual({ code: 0, output: expect.not.stringContaining('note ') });
});
