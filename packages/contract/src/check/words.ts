import { namePattern } from '../names.ts';
import { nearest } from '../nearest.ts';

/** What a pattern of the schema asks for, in words. */
const patterns: Readonly<Record<string, { readonly rule: string; readonly hint: string }>> = {
  [namePattern]: {
    rule: 'must start with a lower-case letter and have only lower-case letters, digits and single hyphens between them, at most 31 in all',
    hint: 'For example `orders` or `orders-db`.',
  },
  '^[a-z]{2}(-[a-z]+)+-[0-9]$': { rule: 'must be an AWS region', hint: 'For example `eu-central-1`.' },
  '^/[A-Za-z0-9/._~%-]*$': {
    rule: 'must be a path that starts with `/` and has only letters, digits and `/ . _ ~ % -`',
    hint: 'For example `/health`.',
  },
  '^[A-Za-z0-9.-]+$': {
    rule: 'must be a host name: letters, digits, dots and hyphens',
    hint: 'For example `app.example.com`.',
  },
  '^[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+$': {
    rule: 'must be a domain: labels of letters, digits and hyphens, with single dots between them',
    hint: 'For example `example.com`.',
  },
  '^/[A-Za-z0-9/_-]*$': {
    rule: 'must be a path that starts with `/` and has only letters, digits, `-`, `_` and `/`',
    hint: 'For example `/auth/callback`.',
  },
  '^[A-Z][A-Z0-9_]*$': {
    rule: 'must be a variable name: upper-case letters, digits and `_`, a letter first',
    hint: 'For example `STRIPE_KEY`.',
  },
  '^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|ANY) /(([A-Za-z0-9_.+-]+|[{][A-Za-z0-9_.-]+[}])/)*([A-Za-z0-9_.+-]*|[{][A-Za-z0-9_.-]+[+]?[}])$':
    {
      rule: 'must be a method and a path; a part of it is text or `{name}`, the last one also `{name+}`',
      hint: 'For example `GET /v1/shows`.',
    },
  '^https?://[A-Za-z0-9.-]+(:[0-9]+)?$': {
    rule: 'must be an origin: scheme and host, without a path',
    hint: 'For example `https://app.example.com`.',
  },
  '^[A-Za-z0-9._:-]{1,100}$': {
    rule: 'must have only letters, digits and `. _ : -`',
    hint: 'For example `shows.read`.',
  },
  '^(?!__proto__$)[A-Za-z0-9_.-]{1,255}$': {
    rule: 'must have only letters, digits and `. _ -`, and not be `__proto__`',
    hint: 'For example `episodeCount`.',
  },
  '^[A-Za-z0-9_.-]{3,255}$': {
    rule: 'must have 3 letters, digits, `.`, `_` or `-` or more',
    hint: 'For example `by-owner`.',
  },
  '^[A-Za-z0-9_.{}-]{3,255}$': {
    rule: 'must have 3 letters, digits, `.`, `_` or `-` or more, and `{app}` and `{env}`',
    hint: 'For example `orders-{env}`.',
  },
  '^[A-Za-z0-9_/.#{}-]{1,512}$': {
    rule: 'must have only letters, digits, `. _ / # -`, and `{app}` and `{env}`',
    hint: 'For example `/ecs/{app}-{env}`.',
  },
  '^[A-Za-z0-9{}-]{1,64}$': {
    rule: 'must have only letters, digits, hyphens, and `{app}` and `{env}`',
    hint: 'For example `{app}-{env}-tg`.',
  },
  '^/[A-Za-z0-9_.$/~"\'@:+*?&-]{0,127}$': {
    rule: 'must be a path that starts with `/` and has only letters, digits, `_ - . $ / ~ " \' @ : + &`, and `*` and `?`, at most 128 in all',
    hint: 'For example `/api/*`.',
  },
  '^[A-Za-z0-9/_+=.@{}-]{1,512}$': {
    rule: 'must be the name of a secret: letters, digits, `/ _ + = . @ -`, and `{app}` and `{env}`',
    hint: 'For example `my-app/sso-secrets`. Of an ARN it is what stands behind `secret:`, without the hyphen and the six characters at its end.',
  },
  '^[A-Za-z0-9_.-]{1,128}$': {
    rule: 'must be a key of a JSON document that has only letters, digits and `_ . -`',
    hint: 'For example `CLIENT_ID`.',
  },
  '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$': {
    rule: 'must be the name of a bucket: 3 to 63 lower-case letters, digits, dots and hyphens, a letter or a digit at both ends',
    hint: 'For example `my-app-terraform-state`; no `s3://`, no path.',
  },
  '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$': {
    rule: 'must be an environment at GitHub of letters, digits and `. _ -`, a letter or a digit first, at most 100 in all',
    hint: 'For example `production`.',
  },
  '^[1-9][0-9]*$': { rule: 'must be a number in quotes', hint: "For example `'1024025'`." },
  '^[0-9.]+/[0-9]+$': { rule: 'must be an IPv4 block', hint: 'For example `10.0.0.0/16`.' },
  '^[a-z0-9-]+(\\.[a-z0-9-]+)+$': { rule: 'must be a mail domain', hint: 'For example `example.com`.' },
  '^[A-Za-z0-9._+{}-]+@[A-Za-z0-9.{}-]+$': { rule: 'must be a mail address', hint: 'For example `no-reply@{domain}`.' },
  '^[a-z0-9]+\\.[a-z0-9]+\\.search$': {
    rule: 'must be an instance type of OpenSearch',
    hint: 'For example `t3.small.search`.',
  },
  '^[A-Za-z0-9._/-]+[*]?$': { rule: 'must be a branch, perhaps with `*` at its end', hint: 'For example `feature/*`.' },
  '^[!-~]{1,256}$': { rule: 'must have no spaces', hint: 'For example `https://{app}-{env}.api`.' },
  '^https://[^/ ?#]+/[^/ ?#]+/[^/ ?#]+$': {
    rule: 'must be the address of a repository',
    hint: 'For example `https://github.com/acme/shows`.',
  },
};

export function patternInWords(pattern: string): { readonly rule: string; readonly hint: string } {
  return patterns[pattern] ?? { rule: `must match ${pattern}`, hint: '' };
}

/** `one of `a`, `b` or `c``, each in backquotes. */
export function listed(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}

/** The way out for a word that is not among `candidates`: the nearest one, otherwise all of them. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const near = nearest(word, candidates);
  if (near !== undefined) return `Did you mean \`${near}\`?`;
  return candidates.length > 0 ? `Use ${listed(candidates)}.` : '';
}

/** A value as a person would name it: `"80"`, `3`, `a list`, `nothing`. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return value === '' ? 'empty' : JSON.stringify(clipped(value));
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'function' ? 'a function' : 'an object';
}

function clipped(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
