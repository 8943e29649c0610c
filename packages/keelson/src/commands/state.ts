import { synthState } from '@keelson/infra';
import { helpText, readArguments, type Usage } from '../arguments.ts';
import { loadApp } from '../config/load.ts';
import type { Io } from '../io.ts';
import { ProblemsError, UsageError, UserError } from '../user-error.ts';
import { outFlag } from './synth/next-steps.ts';
import { writeTerraform } from './synth.ts';

const usage: Usage = {
  name: 'state',
  summary: 'bootstrap: writes the small stack that makes the bucket for Terraform’s state.',
  argument: 'bootstrap',
  flags: {
    out: { value: 'folder', summary: 'Folder of the generated Terraform. Default: infra' },
    force: { summary: 'Overwrite generated files that were edited by hand' },
  },
};

export async function run(args: readonly string[], io: Io): Promise<number> {
  const { help, argument, flags } = readArguments(usage, args);
  if (help) {
    io.stdout.write(helpText(usage));
    return 0;
  }
  if (argument !== 'bootstrap') {
    throw new UsageError(
      argument === undefined ? 'keelson state needs a word.' : `keelson state has no "${argument}".`,
      'There is: npx keelson state bootstrap',
    );
  }
  const { app } = await loadApp(io.cwd);
  const synthesis = synthState(app);
  if (!synthesis) {
    throw new UserError(
      'The app keeps its state in files: there is no bucket to make.',
      "Add it to keelson.config.ts: state: { bucket: 'a-name-of-your-own' }",
    );
  }
  if (synthesis.problems.length > 0) throw new ProblemsError('The bucket cannot be made as it is:', synthesis.problems);
  const out = typeof flags['out'] === 'string' ? flags['out'] : 'infra';
  const folder = `${out}/state`;
  return writeTerraform(io, {
    out,
    wanted: synthesis.files,
    covers: (path) => path.startsWith('state/'),
    force: flags['force'] === true,
    next: () => [
      `terraform -chdir=${folder} init && terraform -chdir=${folder} apply`,
      `keep ${folder}/terraform.tfstate safe: it is the only state outside the bucket`,
      `npx keelson synth${outFlag(out)}`,
    ],
  });
}
