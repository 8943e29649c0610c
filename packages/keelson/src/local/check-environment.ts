import type { Problem } from '@keelson/contract';
import { createBootScope, publicUrl, readServiceConfig } from '@keelson/runtime/config';
import { type Environment, environmentError, kitNames } from '../config/environment.ts';
import type { LoadedApp } from '../config/load.ts';
import { databaseProblem } from './postgres/given.ts';

/** Settings of the user's that every service is given; the rest of what it reads at its start is ours. */
const settings = ['LOG_LEVEL', 'DOCS', 'PUBLIC_URL'];

/**
 * Reads what the user gave as the services will, so that nothing is started that cannot run.
 * @throws ProblemsError with everything that is wrong in it
 */
export function checkEnvironment({ env }: Environment, loaded: LoadedApp): void {
  const problems = [
    ...settingProblems(env),
    ...kitNames(env, loaded, env['PUBLIC_URL']).problems,
    ...(usesPostgres(loaded) ? databaseProblem(env) : []),
  ];
  if (problems.length > 0) throw environmentError(problems);
}

function settingProblems(env: Environment['env']): readonly Problem[] {
  const given = Object.fromEntries(settings.map((name) => [name, env[name]]));
  const boot = createBootScope({ ...given, NODE_ENV: 'development', KEELSON_ENVIRONMENT: 'local' });
  readServiceConfig(boot);
  publicUrl(boot);
  return boot.problems;
}

function usesPostgres({ app }: LoadedApp): boolean {
  return Object.values(app.resources ?? {}).some(({ kind }) => kind === 'postgres');
}
