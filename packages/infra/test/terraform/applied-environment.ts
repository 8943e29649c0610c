import type { App, State } from '@keelson/contract';
import { synth } from '../../src/index.ts';
import { imageParameter } from '../../src/parts/compute/image.ts';
import { type Emulator, startEmulator } from './emulator.ts';
import { emulatedAccount, type EmulatedAccount } from './emulated-account.ts';
import { unexplainedChanges } from './emulator-defects.ts';
import { type Workspace, workspace } from './offline.ts';
import { lackingForApply, saySkipped } from '../tools.ts';

const apply = ['apply', '-auto-approve', '-input=false', '-no-color'];
const plan = ['plan', '-input=false', '-no-color'];
const destroy = ['destroy', '-auto-approve', '-input=false', '-no-color'];

/** One environment of an app, with what is shared, in an emulated account of its own. */
export interface AppliedEnvironment {
  readonly emulator: Emulator;
  readonly account: EmulatedAccount;
  readonly made: Workspace;
  /** What is shared, an image of each service, and the environment; gives how Terraform refused a plan before the images. */
  applyInOrder(): Promise<string>;
  apply(): Promise<void>;
  /** What a second plan would change, but for the emulator’s defects. */
  changes(): Promise<string[]>;
  output(name: string): Promise<string>;
  /** Everything that Terraform remembers, as JSON. */
  state(): Promise<string>;
  /** Ends protection with an apply where there is any, then destroys everything; gives what is left. */
  destroy(): Promise<string[]>;
  stop(): Promise<void>;
}

export interface AppliedOptions {
  /** What a person would write into terraform.tfvars. */
  readonly variables?: string;
  /** Takes out of the files what the emulator cannot make. */
  readonly change?: (files: ReadonlyMap<string, string>) => ReadonlyMap<string, string>;
  /** Makes what is there before the environment: a hosted zone. */
  before?(account: EmulatedAccount): Promise<void>;
}

export async function appliedEnvironment(
  app: App,
  environment: string,
  options: AppliedOptions = {},
): Promise<AppliedEnvironment> {
  const { change = (same) => same } = options;
  const files = change(synth(app).files);
  const settings = app.environments?.[environment];
  const emulator = await startEmulator(settings?.tasks ?? 1);
  const account = emulatedAccount(emulator, app.region);
  const open: (() => void)[] = [];
  const stop = async () => {
    for (const remove of open) remove();
    await account.stop();
    await emulator.stop();
  };
  try {
    await options.before?.(account);
    if (app.state) await makeStateBucket(account, app.state, app.region);
    const before = await account.everything();
    const variables = { ...emulator.env, AWS_REGION: app.region };
    const folder = (name: string) => {
      const made = workspace(files, name, variables);
      open.push(() => made.remove());
      return made;
    };
    const shared = folder('shared');
    const made = folder(environment);
    if (options.variables !== undefined) made.add(`${environment}/terraform.tfvars`, options.variables);
    for (const each of [shared, made]) await each.terraform('init', '-input=false', '-no-color');
    return { ...actions({ app, environment, change, account, before, shared, made }), emulator, account, made, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Parts {
  readonly app: App;
  readonly environment: string;
  readonly change: NonNullable<AppliedOptions['change']>;
  readonly account: EmulatedAccount;
  /** What was there before anything was applied. */
  readonly before: readonly string[];
  readonly shared: Workspace;
  readonly made: Workspace;
}

type Actions = Omit<AppliedEnvironment, 'emulator' | 'account' | 'made' | 'stop'>;

function actions({ app, environment, change, account, before, shared, made }: Parts): Actions {
  const settings = app.environments?.[environment];
  return {
    applyInOrder: async () => {
      await shared.terraform(...apply);
      const refusal = await made.terraform(...plan).then(
        () => 'It was not refused.',
        ({ message }: Error) => message,
      );
      await putImages(account, app, environment);
      await made.terraform(...apply);
      return refusal;
    },
    apply: async () => void (await made.terraform(...apply)),
    changes: async () => [...(await changesOf(shared)), ...(await changesOf(made))],
    output: async (name) => (await made.terraform('output', '-raw', name)).trim(),
    state: () => made.terraform('state', 'pull'),
    destroy: async () => {
      if (!settings?.ephemeral) {
        for (const [path, text] of change(synth(ephemeral(app, environment)).files)) {
          if (path.startsWith(`${environment}/`)) made.add(path, text);
        }
        await made.terraform(...apply);
      }
      await made.terraform(...destroy);
      await shared.terraform(...destroy);
      return (await account.everything()).filter((name) => !before.includes(name));
    },
  };
}

/** Minutes of work, so asked for: `npm run test:infra` (dev), `npm run test:infra:all`. */
export function environmentsAsked(app: App): string[] {
  const asked = (process.env['KEELSON_TEST_APPLY'] ?? '').split(',');
  return Object.keys(app.environments ?? {}).filter((name) => asked.includes(name));
}

export interface Applies {
  /** Where none is asked for, all: what is skipped is counted. */
  readonly environments: readonly string[];
  readonly isSkipped: boolean;
}

/** The environments of an app to apply and destroy; says which are skipped, and why. */
export function appliesOf(app: App): Applies {
  const asked = environmentsAsked(app);
  const environments = asked.length > 0 ? asked : Object.keys(app.environments ?? {});
  const what = `apply and destroy of ${app.name}, ${environments.join(', ')}, in an emulated account`;
  return { environments, isSkipped: saySkipped(what, whyNoApplies(asked.length > 0)) };
}

export function whyNoApplies(isAsked: boolean): string | undefined {
  return isAsked ? lackingForApply() : 'takes minutes; npm run test:infra does it';
}

/** `keelson state bootstrap` makes it before anything else, and nothing destroys it. */
async function makeStateBucket(account: EmulatedAccount, { bucket, region }: State, home: string): Promise<void> {
  const place = region ?? home;
  // The one region that S3 refuses to be told.
  const elsewhere = place === 'us-east-1' ? [] : ['--create-bucket-configuration', `LocationConstraint=${place}`];
  await account.aws('s3api', 'create-bucket', '--bucket', bucket, ...elsewhere);
}

async function changesOf(made: Workspace): Promise<string[]> {
  const said = await made.terraform(...plan, '-out=again.tfplan');
  if (said.includes('\nNo changes. ')) return [];
  return unexplainedChanges(await made.terraform('show', '-json', 'again.tfplan'));
}

/** Protection ends with an apply, before the destroy. */
function ephemeral(app: App, environment: string): App {
  const settings = { ...app.environments?.[environment], ephemeral: true };
  return { ...app, environments: { ...app.environments, [environment]: settings } };
}

async function putImages(account: EmulatedAccount, app: App, environment: string): Promise<void> {
  for (const service of Object.keys(app.services)) {
    const name = imageParameter(app.name, environment, service);
    const image = `123456789012.dkr.ecr.${app.region}.amazonaws.com/${app.name}/${service}:1`;
    await account.aws('ssm', 'put-parameter', '--name', name, '--value', image, '--overwrite', '--type', 'String');
  }
}
