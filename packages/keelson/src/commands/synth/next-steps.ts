import type { App } from '@keelson/contract';
import { secretsOf } from '@keelson/infra';
import { deliverySteps } from './delivery-steps.ts';
import { newImages } from './new-images.ts';
import { environmentSteps, nameServerSteps } from './person-steps.ts';

export interface NextStepsArgs {
  readonly app: App;
  readonly out: string;
  /** The only environment asked for. */
  readonly environment: string | undefined;
  /** Nothing was generated before. */
  readonly isFirst: boolean;
  /** Paths from `out`. */
  readonly changed: readonly string[];
  /** Text of each file that was there, by path from `out`. */
  readonly before: ReadonlyMap<string, string>;
  /** Text of each file that the app has, by path from `out`. */
  readonly files: ReadonlyMap<string, string>;
}

/** What a person does with the files: everything after the first time, then a plan of what changed, and what is new in it. */
export function nextSteps(args: NextStepsArgs): string[] {
  const { app, out, environment, isFirst, changed, files } = args;
  const byHand = { out, changed, files };
  const environments = Object.keys(app.environments ?? {});
  if (!isFirst) {
    return [
      ...folderSteps(args),
      ...environmentSteps(byHand, environments),
      ...leftover(out, changed, environments),
      ...deliverySteps({ app, out, changed }),
    ];
  }
  const first = environment ?? environments[0] ?? '';
  const shared = `${out}/shared`;
  return [
    ...(app.state ? bucketSteps(out) : []),
    `terraform -chdir=${shared} init && terraform -chdir=${shared} apply`,
    ...nameServerSteps(byHand),
    ...newEnvironment(args, first),
    ...environmentSteps(byHand, [first]),
    ...deliverySteps({ app, out, changed, first }),
    'Each step with its commands: README.md, “Ship it”.',
  ];
}

/** Everything of an environment that was never applied. */
function newEnvironment({ app, out, changed }: NextStepsArgs, name: string): string[] {
  const folder = `${out}/${name}`;
  return [
    imageStep(app, out, name),
    ...existingSteps(app, name),
    ...(changed.includes(`${name}/terraform.tfvars.example`)
      ? [`cp ${folder}/terraform.tfvars.example ${folder}/terraform.tfvars   (and fill it in)`]
      : []),
    `terraform -chdir=${folder} init && terraform -chdir=${folder} apply`,
    ...(secretsOf(app, name).length > 0
      ? [
          `npx keelson secret list --env ${name}   (which secrets still need: npx keelson secret set <name> --env ${name})`,
        ]
      : []),
    ...(Object.values(app.resources ?? {}).some(({ kind }) => kind === 'postgres')
      ? [
          `terraform -chdir=${folder} output -raw migrate_command   (run what it prints: the database user and the tables)`,
        ]
      : []),
  ];
}

/** `keelson build` looks for the registry in `infra`. @param only absent: every service */
function imageStep(app: App, out: string, environment: string, only?: string): string {
  const services = only === undefined ? Object.keys(app.services) : [only];
  const parameters = services.map((service) => `/${app.name}/${environment}/${service}/image`).join(', ');
  const what =
    only !== undefined ? `an image of ${only}` : services.length === 1 ? 'an image' : 'an image of each service';
  const named = only === undefined ? '' : ` ${only}`;
  return out === 'infra'
    ? `npx keelson build${named} --push --env ${environment}   (then run the \`aws ssm put-parameter\` that it prints: nothing is made without an image)`
    : `push ${what} and write its reference to the SSM parameter ${parameters}`;
}

/** A plan looks secrets up that were there before, and ends where there is none. */
function existingSteps(app: App, environment: string): string[] {
  const existing = secretsOf(app, environment).filter((secret) => secret.existing);
  return [...new Set(existing.map(({ secretId }) => secretId))].map((secretId) => {
    const keys = existing.flatMap((secret) => (secret.secretId === secretId ? (secret.existing?.key ?? []) : []));
    const holding = keys.length === 0 ? '' : ` with the keys ${keys.join(', ')}`;
    return `see that the secret ${secretId} is in Secrets Manager, in ${app.region}${holding}`;
  });
}

/** For commands that go on with the folder of this one. */
export function outFlag(out: string): string {
  if (out === 'infra') return '';
  return /^[\w./-]+$/.test(out) ? ` --out ${out}` : ` --out '${out.replaceAll("'", "'\\''")}'`;
}

function bucketSteps(out: string): string[] {
  const folder = `${out}/state`;
  return [
    `npx keelson state bootstrap${outFlag(out)}   (once: the bucket that keeps the state)`,
    `terraform -chdir=${folder} init && terraform -chdir=${folder} apply`,
  ];
}

/** What all environments share comes first: they read what it makes. */
function folderSteps(args: NextStepsArgs): string[] {
  const { out, app, changed, files, before } = args;
  const isShared = (folder: string) => folder === 'shared';
  const folders = foldersOf(changed).toSorted((a, b) => Number(isShared(b)) - Number(isShared(a)));
  const added = new Map(Object.keys(app.environments ?? {}).map((name) => [name, newImages(name, files, before)]));
  const isAnyNew = folders.some((folder) => (added.get(folder) ?? []).length > 0);
  return folders.flatMap((folder) => {
    const services = added.get(folder) ?? [];
    const isNew = ![...before.keys()].some((path) => path.startsWith(`${folder}/`));
    if (services.length > 0 && isNew) return newEnvironment(args, folder);
    return [
      // Terraform plans nothing before it was told what happens to the state it has.
      ...(changed.includes(`${folder}/backend.tf`) ? [`terraform -chdir=${out}/${folder} init -migrate-state`] : []),
      ...services.map((service) => imageStep(app, out, folder, service)),
      // Without its image a service is not even planned, and what is shared makes the place for it.
      `terraform -chdir=${out}/${folder} ${services.length > 0 || (isAnyNew && isShared(folder)) ? 'apply' : 'plan'}`,
      ...(isShared(folder) ? nameServerSteps(args) : []),
    ];
  });
}

/** Without its files Terraform cannot take an environment away. */
function leftover(out: string, changed: readonly string[], environments: readonly string[]): string[] {
  const known = new Set([...environments, 'shared', 'state']);
  return foldersOf(changed)
    .filter((folder) => !known.has(folder))
    .map((folder) => `If ${folder} still runs in AWS: bring ${out}/${folder} back (git restore) and destroy it first.`);
}

function foldersOf(paths: readonly string[]): string[] {
  // What begins with a dot is no stack: `../buildspec.yml`, `.github/workflows/…`.
  return [...new Set(paths.filter((path) => /^[^.].*\//.test(path)).map((path) => path.split('/')[0] ?? ''))];
}
