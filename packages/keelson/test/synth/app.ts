import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { keelson, makeFolder } from '../dev/harness.ts';

export interface AppText {
  readonly compute?: string;
  readonly environments?: string;
  readonly region?: string;
  /** Further properties of the app, as text. */
  readonly more?: string;
}

/** A configuration like that of the sso template. */
export function appConfig({
  compute = 'fargate',
  environments = '{ dev: { ephemeral: true, logDays: 3 }, prod: { domain: "app.example.com" } }',
  region = 'eu-central-1',
  more = '',
}: AppText = {}): string {
  return `import { defineApp } from '@keelson/contract';
export default defineApp({
  name: 'shop', region: '${region}',
  resources: {
    db: { kind: 'postgres' },
    login: { kind: 'login', provider: 'auth0' },
    partner: { kind: 'secret', variable: 'PARTNER_TOKEN' },
  },
  services: { api: { source: 'src/main.ts', compute: '${compute}', cpu: 256, memory: 512, uses: ['db', 'login', 'partner'] } },
  environments: ${environments},
  ${more}
});
`;
}

export function makeApp(text: AppText = {}): Promise<string> {
  return makeFolder({ 'keelson.config.ts': appConfig(text), 'src/main.ts': 'export default {};\n' });
}

export interface Ended {
  readonly code: number | string;
  readonly output: string;
}

export async function command(cwd: string, ...args: string[]): Promise<Ended> {
  const run = keelson(cwd, args);
  return { code: await run.ended, output: run.output() };
}

/** Text of every file below the folder, by path. */
export function filesIn(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return new Map(
    names
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}
