import { afterAll, beforeAll } from 'vitest';
import { type Workspace, workspace } from './offline.ts';
import { type Provider, startProvider } from './provider.ts';

type Make = (files: ReadonlyMap<string, string>, below: string, state?: 'as configured') => Workspace;

/** For a `describe`: makes folders where Terraform asks nobody, with one provider for all of them, and removes them afterwards. */
export function workspaces(): Make {
  // Whoever asked for credentials would wait for an answer.
  const variables = { AWS_EC2_METADATA_DISABLED: 'true' };
  const open: Workspace[] = [];
  let provider: Provider | undefined;
  beforeAll(async () => {
    provider = await startProvider(variables);
  });
  afterAll(async () => {
    for (const made of open) made.remove();
    await provider?.stop();
  });
  return (files, below, state) => {
    const made = workspace(files, below, { ...variables, ...provider?.variables }, state);
    open.push(made);
    return made;
  };
}
