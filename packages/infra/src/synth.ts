import { type App, nearest, type Problem } from '@keelson/contract';
import type { Stack } from './aws/index.ts';
import { composeEnvironment, composeShared, composeState } from './compose.ts';
import { printFile } from './hcl/index.ts';
import { checkPolicySizes } from './parts/access/policy-size.ts';
import { checkForAws } from './site/check-app.ts';
import { checkOwnNames } from './site/check-own-names.ts';
import { tfvarsExample } from './tfvars-example.ts';

export interface SynthOptions {
  /** Only this environment, and what is shared. @default every one */
  readonly environment?: string | undefined;
}

export interface Synthesis {
  /** Text by path below the output folder: `dev/network.tf`. Empty when there are problems. */
  readonly files: ReadonlyMap<string, string>;
  /** Everything that keeps the app from being made in AWS. */
  readonly problems: readonly Problem[];
}

/** Turns a checked app into Terraform. Writes nothing. */
export function synth(app: App, options: SynthOptions = {}): Synthesis {
  const problems = distinct([...unknownEnvironment(app, options.environment), ...checkForAws(app)]);
  if (problems.length > 0) return { files: new Map(), problems };
  const stacks = stacksOf(app, options.environment);
  const taken = onePerPath(stacks.flatMap(({ stack }) => checkOwnNames(app, stack)));
  if (taken.length > 0) return { files: new Map(), problems: taken };
  const mistakes = stacks.flatMap(({ folder, stack }) =>
    [...stack.problems(), ...checkPolicySizes(stack, app.region)].map((problem) => ({
      ...problem,
      path: `${folder}/${problem.path}`,
    })),
  );
  if (mistakes.length > 0) return { files: new Map(), problems: mistakes };
  return { files: new Map([['.gitignore', gitignore], ...stacks.flatMap(printStack)]), problems: [] };
}

/** The small stack of `keelson state bootstrap`, or `undefined` when the app keeps its state in files. */
export function synthState(app: App): Synthesis | undefined {
  if (!app.state) return undefined;
  const stack = composeState(app, app.state);
  const problems = stack.problems();
  return problems.length > 0
    ? { files: new Map(), problems }
    : { files: new Map(printStack({ folder: 'state', stack })), problems };
}

function stacksOf(app: App, only: string | undefined): { folder: string; stack: Stack }[] {
  const environments = Object.entries(app.environments ?? {}).filter(([name]) => only === undefined || name === only);
  return [
    { folder: 'shared', stack: composeShared(app) },
    ...environments.map(([name, settings]) => ({ folder: name, stack: composeEnvironment(app, name, settings) })),
  ];
}

function unknownEnvironment(app: App, name: string | undefined): Problem[] {
  const known = Object.keys(app.environments ?? {});
  if (name === undefined || known.includes(name)) return [];
  const near = nearest(name, known);
  const hint = near ? `Did you mean \`${near}\`?` : `There are ${known.join(', ')}.`;
  return [{ path: `environments.${name}`, message: `there is no environment \`${name}\``, hint }];
}

function printStack({ folder, stack }: { folder: string; stack: Stack }): [string, string][] {
  const files = [...stack.files()].map(([name, { body, comment }]): [string, string] => [
    `${folder}/${name}`,
    printFile(body, comment),
  ]);
  const example = tfvarsExample(stack);
  return example === undefined ? files : [...files, [`${folder}/terraform.tfvars.example`, example]];
}

function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [`${problem.path} ${problem.message}`, problem])).values()];
}

/** Whatever is named after it collides, in every environment: once is enough. */
function onePerPath(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.toReversed().map((problem) => [problem.path, problem])).values()].toReversed();
}

/** The lock file (.terraform.lock.hcl) is not among them: it belongs into the repository. */
const gitignore = `.terraform/
*.tfstate
*.tfstate.*
*.tfplan
*.tfvars
crash.log
`;
