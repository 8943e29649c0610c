import Type, { type Static } from 'typebox';
import type { Problem } from '@keelson/contract';
import type { Boot } from '../../config/boot.ts';
import { type PublicUrl, publicUrl } from '../../config/public-url.ts';
import { readEnv } from '../../config/read-env.ts';
import type { Secret } from '../../config/secret.ts';
import { secretVariable } from '../../config/secret-variable.ts';
import { KeelsonError } from '../../errors/index.ts';
import { normalizeEmail } from './email.ts';
import { minimumSecretLength } from './tokens/signing-keys.ts';

const registrations = ['first', 'domain', 'open'] as const;

const variables = Type.Object({
  ACCOUNT_REGISTRATION: Type.Enum(registrations, { default: 'first' }),
  ACCOUNT_DOMAINS: Type.String({ default: '' }),
  ACCOUNT_OPEN_TO_ANYONE: Type.Boolean({ default: false, description: '1 to let anyone register' }),
  ADMIN_EMAIL: Type.String({ default: '' }),
  NODE_ENV: Type.String({ default: 'development' }),
});

/** The accounts' side of the contract. */
export interface AccountSettings {
  /** Who may register: the first one, who has an address at one of `domains`, or anyone. */
  readonly registration: (typeof registrations)[number];
  readonly domains: readonly string[];
  /** Normalised; the only address that may be the first, where it is set. */
  readonly adminEmail: string | undefined;
  readonly keys: Secret;
  readonly publicUrl: PublicUrl;
}

/** Reads the environment; what cannot be used, and what is not safe in production, is reported to `boot`, all of it. */
export function readAccountSettings(boot: Boot): AccountSettings {
  const env = readEnv(boot, variables);
  const domains = readDomains(boot, env.ACCOUNT_DOMAINS);
  const adminEmail = readAdminEmail(boot, env.ADMIN_EMAIL);
  const production = env.NODE_ENV === 'production';
  for (const problem of problemsOf(env, production)) boot.problem(problem);
  return Object.freeze({
    registration: env.ACCOUNT_REGISTRATION,
    domains,
    adminEmail,
    keys: secretVariable(boot, 'ACCOUNT_KEYS', {
      minLength: minimumSecretLength,
      description: `one or two comma-separated secrets of ${minimumSecretLength} characters or more`,
    }),
    publicUrl: publicUrl(boot),
  });
}

function problemsOf(env: Static<typeof variables>, production: boolean): Problem[] {
  const problems: Problem[] = [];
  if (env.ACCOUNT_REGISTRATION === 'domain' && env.ACCOUNT_DOMAINS === '') {
    const hint = 'List mail domains separated by commas: `example.com,example.org`.';
    problems.push({ path: 'ACCOUNT_DOMAINS', message: 'is missing, and ACCOUNT_REGISTRATION is `domain`.', hint });
  }
  if (!production) return problems;
  if (env.ACCOUNT_REGISTRATION === 'first' && env.ADMIN_EMAIL === '') {
    const hint = 'Set it to the address of the first administrator: otherwise whoever comes first would be the one.';
    problems.push({ path: 'ADMIN_EMAIL', message: 'is missing; production asks for it.', hint });
  }
  if (env.ACCOUNT_REGISTRATION === 'open' && !env.ACCOUNT_OPEN_TO_ANYONE) {
    const hint =
      'Use `first` or `domain`; or, if anyone at all may have an account, set ACCOUNT_OPEN_TO_ANYONE=1 as well.';
    problems.push({ path: 'ACCOUNT_REGISTRATION', message: 'is `open`, which production asks to say twice.', hint });
  }
  return problems;
}

function readDomains(boot: Boot, text: string): readonly string[] {
  return text.split(',').flatMap((part) => {
    const domain = part.trim();
    if (domain === '') return [];
    try {
      return [domainOf(normalizeEmail(`postmaster@${domain}`))];
    } catch {
      const hint = 'Write mail domains separated by commas: `example.com,example.org`.';
      boot.problem({ path: 'ACCOUNT_DOMAINS', message: 'has an entry that is no mail domain.', hint });
      return [];
    }
  });
}

function readAdminEmail(boot: Boot, text: string): string | undefined {
  if (text === '') return undefined;
  try {
    return normalizeEmail(text);
  } catch (error) {
    if (!(error instanceof KeelsonError)) throw error;
    boot.problem({
      path: 'ADMIN_EMAIL',
      message: 'is not an email address.',
      hint: 'Write it plainly: ann@example.com.',
    });
    return undefined;
  }
}

export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1);
}
