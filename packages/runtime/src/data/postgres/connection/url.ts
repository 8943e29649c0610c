import type { Boot } from '../../../config/boot.ts';
import { invalid } from '../../../config/problems.ts';
import { secretVariable } from '../../../config/secret-variable.ts';
import { KeelsonError } from '../../../errors/index.ts';
import { type ConnectionSource, unusable } from './source.ts';
import { type ParsedUrl, parseDatabaseUrl } from './parse-url.ts';
import { isRdsHost, loadRdsCa } from './rds-ca.ts';

const name = 'DATABASE_URL';
const hint = 'Write postgres://user:password@host:5432/database, special characters in it percent-encoded.';

/** The connection string from `DATABASE_URL`; from Secrets Manager it is read anew, so a rotated password is taken. */
export function urlSource(boot: Boot): ConnectionSource {
  const secret = secretVariable(boot, name, { description: 'connection string of the database' });
  const direct = boot.env[name];
  if (direct && direct !== 'UNSET') {
    const parsed = parseDatabaseUrl(direct);
    if ('problem' in parsed) {
      boot.problem(invalid(name, parsed.problem, hint));
      return unusable;
    }
    if (parsed.ignored.length > 0) {
      boot.log.warn({ parameters: parsed.ignored }, `${name} has parameters that are not used`);
    }
  }
  let rdsCa: readonly string[] | undefined;
  let known: { readonly text: string; readonly config: ParsedUrl['config'] } | undefined;
  // Asked for on every query: only another text is parsed.
  const parse = () => {
    const text = secret.value();
    if (known?.text !== text) known = { text, config: usable(parseDatabaseUrl(text)) };
    return known.config;
  };
  return {
    prepare: async () => {
      if (isRdsHost(parse().host)) rdsCa ??= await loadRdsCa(name);
    },
    current: () => {
      const { host, ssl, ...rest } = parse();
      if (!ssl) return { ...rest, host, ssl };
      const ca = isRdsHost(host) && rdsCa ? { ca: [...rdsCa] } : {};
      return { ...rest, host, ssl: { ...ca, ...ssl } };
    },
  };
}

function usable(parsed: ReturnType<typeof parseDatabaseUrl>): ParsedUrl['config'] {
  if (!('problem' in parsed)) return parsed.config;
  throw new KeelsonError('DATABASE_UNAVAILABLE', { detail: `${name} ${parsed.problem}`, hint, retryAfter: 30 });
}
