import Type from 'typebox';
import type { Boot } from '../../config/boot.ts';
import { readEnv } from '../../config/read-env.ts';
import { problemsOf, type TokenRules, type TokenVerifierOptions } from './options.ts';

const variables = Type.Object({
  TOKEN_ISSUER: Type.String({ description: 'comma-separated issuer identifiers (URLs) of those who sign the tokens' }),
  TOKEN_CLIENT_IDS: Type.Optional(Type.String()),
  TOKEN_SCOPE_PREFIX: Type.Optional(Type.String()),
  TOKEN_AUDIENCE: Type.Optional(Type.String()),
});

type Variables = { readonly [Name in keyof Type.Static<typeof variables>]: string | undefined };

/** Reads the tokens' side of the contract; what cannot be used is reported to `boot`, all of it. */
export function readTokenSettings(boot: Boot): TokenVerifierOptions {
  const env = readEnv(boot, variables);
  const rules = readRules(boot, env);
  const settings = { ...rules, issuers: listOf(env.TOKEN_ISSUER), insecure: isDevelopment(boot), log: boot.log };
  const list = 'clientIds' in rules ? 'TOKEN_CLIENT_IDS' : 'TOKEN_AUDIENCE';
  for (const problem of problemsOf(settings, { issuers: 'TOKEN_ISSUER', list })) {
    // What is absent was reported when it was read.
    if (boot.env[problem.path]) boot.problem(problem);
  }
  return settings;
}

const forms = 'TOKEN_CLIENT_IDS (Cognito: who may call) or TOKEN_AUDIENCE (others: what tokens are for)';

function readRules(boot: Boot, env: Variables): TokenRules {
  const { TOKEN_CLIENT_IDS: clients, TOKEN_AUDIENCE: audiences, TOKEN_SCOPE_PREFIX: prefix } = env;
  if (clients === undefined && audiences === undefined) {
    boot.problem({
      path: 'TOKEN_CLIENT_IDS',
      message: 'is missing, and TOKEN_AUDIENCE too.',
      hint: `Set one of ${forms}.`,
    });
  }
  if (clients !== undefined && audiences !== undefined) {
    boot.problem({
      path: 'TOKEN_AUDIENCE',
      message: 'is set together with TOKEN_CLIENT_IDS.',
      hint: `Set one of ${forms}.`,
    });
  }
  if (prefix !== undefined && clients === undefined) {
    const message = 'belongs to TOKEN_CLIENT_IDS, which is not set.';
    boot.problem({
      path: 'TOKEN_SCOPE_PREFIX',
      message,
      hint: 'Remove it: only Cognito puts an identifier before scopes.',
    });
  }
  if (audiences !== undefined) return { audiences: listOf(audiences) };
  return { clientIds: listOf(clients ?? ''), ...(prefix === undefined ? {} : { scopePrefix: prefix }) };
}

function listOf(text: string): readonly string[] {
  return Object.freeze([...new Set(text.split(',').flatMap((part) => part.trim() || []))]);
}

/** Said by name: a service without `NODE_ENV` is not taken for one on a laptop. */
function isDevelopment({ env }: Boot): boolean {
  return env['NODE_ENV'] === 'development';
}
