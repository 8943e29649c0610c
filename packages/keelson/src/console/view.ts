import { contractOf, type Variable } from '@keelson/contract';
import type { LocalApp } from '../local/app.ts';
import type { LocalService } from '../local/services/index.ts';

export interface ServiceView {
  readonly name: string;
  readonly status: string;
  /** For a person: `running`, `crashed: ended with exit code 1`. */
  readonly text: string;
}

export function serviceView({ name, supervisor }: LocalService): ServiceView {
  const { state } = supervisor;
  const texts = { starting: 'starting', ready: 'running', stopped: 'stopped', crashed: 'crashed' };
  const why = state.status === 'crashed' ? `: ${state.reason}` : '';
  return { name, status: state.status, text: `${texts[state.status]}${why}` };
}

export interface VariableView {
  readonly name: string;
  readonly description: string;
  /** `undefined`: not set. A secret is never here. */
  readonly value: string | undefined;
  readonly secret: boolean;
}

export interface ContractView {
  /** Resource that gives the variables; absent: every service has them. */
  readonly resource?: string;
  readonly kind?: string;
  readonly variables: readonly VariableView[];
}

/** The contract of a service as it was started; secrets are replaced before anything else sees them. */
export function contractView({ app }: LocalApp, service: LocalService): ContractView[] {
  const contract = contractOf(app, service.name);
  const { state } = service.supervisor;
  // It is told to take any free port.
  const { PORT: _any, ...environment } = service.environment();
  const env = { ...environment, ...(state.status === 'ready' && { PORT: String(state.port) }) };
  const given = contract.resources.map(({ resource, kind, forms }) => ({
    resource,
    kind,
    variables: givenForm(forms, env).map((variable) => variableView(variable, env)),
  }));
  return [...given, { variables: contract.service.map((variable) => variableView(variable, env)) }];
}

/** The alternative that was given: the one with most variables set. */
function givenForm(
  forms: readonly (readonly Variable[])[],
  env: Readonly<Record<string, string>>,
): readonly Variable[] {
  const score = (form: readonly Variable[]) => form.filter(({ name }) => env[name] !== undefined).length / form.length;
  return forms.toSorted((one, other) => score(other) - score(one))[0] ?? [];
}

function variableView(variable: Variable, env: Readonly<Record<string, string>>): VariableView {
  const { name, description, secret } = variable;
  const value = env[name];
  return { name, description, secret, value: secret && value !== undefined ? '' : value };
}
