export interface PersonStepsArgs {
  readonly out: string;
  /** Paths from `out`. */
  readonly changed: readonly string[];
  /** Text of each file that the app has, by path from `out`. */
  readonly files: ReadonlyMap<string, string>;
}

/** Zones that answer to nobody until a person names their servers elsewhere. */
export function nameServerSteps(args: PersonStepsArgs): string[] {
  return outputsOf(args, 'shared', /^zones\.tf$/, /_name_servers$/).map(
    (output) =>
      `${output}   (enter them as NS records at the parent zone or the registrar before an environment is applied: certificates and mail wait for that)`,
  );
}

/** What is left to a person in an environment, and what they took on. */
export function environmentSteps(args: PersonStepsArgs, folders: readonly string[]): string[] {
  return folders.flatMap((folder) => [
    ...outputsOf(args, folder, /^mail\.tf$/, /^mail_steps$/).map(
      (output) =>
        `${output}   (once per account and region: a new account is in the sandbox of Amazon SES, and mail reaches its own domain alone)`,
    ),
    ...outputsOf(args, folder, /^database.*\.tf$/, /(^|_)database_warning$/).map(
      (output) => `${output}   (the database is one container: nothing takes over, and backups are yours)`,
    ),
  ]);
}

/** The commands that print the outputs, where a file that they belong to changed. */
function outputsOf({ out, changed, files }: PersonStepsArgs, folder: string, file: RegExp, output: RegExp): string[] {
  const inFolder = (path: string) => path.startsWith(`${folder}/`);
  if (!changed.some((path) => inFolder(path) && file.test(path.slice(folder.length + 1)))) return [];
  return [...files]
    .filter(([path]) => inFolder(path))
    .flatMap(([, text]) => [...text.matchAll(/^output "(\w+)"/gm)].map(([, name = '']) => name))
    .filter((name) => output.test(name))
    .map((name) => `terraform -chdir=${out}/${folder} output ${name}`);
}
