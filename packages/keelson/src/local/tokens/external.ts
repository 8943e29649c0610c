import { ConfigError } from '@keelson/runtime/errors';
import type { LocalContext, LocalPart } from '../part.ts';

const forms = ['TOKEN_CLIENT_IDS', 'TOKEN_AUDIENCE'] as const;
const names = ['TOKEN_ISSUER', ...forms, 'TOKEN_SCOPE_PREFIX'] as const;

/**
 * The user's own provider, when the environment names one: nothing is started.
 * @throws ConfigError when it is named in part, or in two ways
 */
export function externalTokens({ env }: Pick<LocalContext, 'env'>): LocalPart | undefined {
  const given = names.filter((name) => env[name]);
  if (given.length === 0) return undefined;
  check(given);
  const issuer = env['TOKEN_ISSUER'] as string;
  return {
    title: `Access tokens of ${issuer.split(',').map(host).join(', ')}`,
    address: issuer,
    env: Object.fromEntries(given.map((name) => [name, env[name] as string])),
    stop: async () => {},
  };
}

function check(given: readonly string[]): void {
  const hasForm = forms.some((name) => given.includes(name));
  const missing = [
    ...(given.includes('TOKEN_ISSUER') ? [] : ['TOKEN_ISSUER']),
    ...(hasForm ? [] : ['TOKEN_CLIENT_IDS (Cognito) or TOKEN_AUDIENCE (others)']),
  ];
  if (missing.length > 0) throw incomplete(given, missing);
  if (!forms.every((name) => given.includes(name))) return;
  throw new ConfigError([
    {
      path: forms.join(', '),
      message: 'are both set, but a token is either checked by its client id or by its audience.',
      hint: 'Keep TOKEN_CLIENT_IDS for Cognito, TOKEN_AUDIENCE for others.',
    },
  ]);
}

function incomplete(given: readonly string[], missing: readonly string[]): ConfigError {
  const set = `${given.join(' and ')} ${given.length > 1 ? 'are' : 'is'} set`;
  return new ConfigError(
    missing.map((name) => ({
      path: name,
      message: `is missing, although ${set}.`,
      hint: `Set TOKEN_ISSUER and TOKEN_CLIENT_IDS or TOKEN_AUDIENCE to use your own provider, or remove ${given.join(' and ')} to use the local one.`,
    })),
  );
}

function host(issuer: string): string {
  return URL.canParse(issuer.trim()) ? new URL(issuer.trim()).host : issuer.trim();
}
