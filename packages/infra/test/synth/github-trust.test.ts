import type { App } from '@keelson/contract';
import { describe, expect, test } from 'vitest';
import type { Stack } from '../../src/aws/index.ts';
import { composeShared } from '../../src/compose.ts';
import type { Value } from '../../src/hcl/index.ts';
import { decoded, environmentStack, resourcesOf } from './apps.ts';
import { delivered, fromGitHub, onFargate } from './github-apps.ts';
import { filled, holds } from './github-evaluate.ts';
import { accountId } from './policy.ts';

/** The claims of a token that AWS looks at. */
interface Token {
  readonly iss: string;
  readonly aud: string;
  readonly sub: string;
}

interface Trust {
  readonly Statement: readonly {
    readonly Effect: string;
    readonly Action: string;
    readonly Principal: { readonly Federated: string };
    readonly Condition: Readonly<Record<string, Readonly<Record<string, string>>>>;
  }[];
}

function trustOf(stack: Stack, id: string): Trust {
  const role = resourcesOf(stack, 'aws_iam_role').find(({ name }) => name === id);
  return filled(stack, decoded(role?.args['assume_role_policy']) as Value) as Trust;
}

/** As AWS STS decides: the provider is that of the issuer, and every condition holds. */
function isTrusted({ Statement: statements }: Trust, { iss, ...claims }: Token): boolean {
  const host = iss.replace(/^https:\/\//, '');
  return statements.some(
    ({ Effect, Action, Principal, Condition }) =>
      Effect === 'Allow' &&
      Action === 'sts:AssumeRoleWithWebIdentity' &&
      Principal.Federated === `arn:aws:iam::${accountId}:oidc-provider/${host}` &&
      Object.entries(Condition).every(([operator, keys]) =>
        Object.entries(keys).every(([key, value]) =>
          holds(
            operator,
            [value],
            key.startsWith(`${host}:`) ? claims[key.slice(host.length + 1) as 'aud'] : undefined,
          ),
        ),
      ),
  );
}

const legacy: App = delivered(onFargate, { delivery: { ...fromGitHub, github: { legacy: true } } });
const forms = [
  { form: 'with ids', app: onFargate, repository: 'acme@11/shows@22' },
  { form: 'as it was before them', app: legacy, repository: 'acme/shows' },
];

const roles = [
  { role: 'build', job: 'ref:refs/heads/main' },
  { role: 'plan', job: 'pull_request' },
  { role: 'Terraform, dev', job: 'environment:dev' },
  { role: 'Terraform, prod', job: 'environment:production' },
  { role: 'deploy, dev', job: 'environment:dev' },
  { role: 'deploy, prod', job: 'environment:production' },
];
const jobs = [...new Set(roles.map(({ job }) => job))];

function trustFor(app: App, role: string): Trust {
  const [kind = '', environment = 'dev'] = role.split(', ');
  if (kind === 'deploy') return trustOf(environmentStack(app, environment), 'github_actions_deploy');
  const shared = composeShared(app);
  return kind === 'Terraform'
    ? trustOf(shared, `${environment}_github_actions_terraform`)
    : trustOf(shared, `github_actions_${kind}`);
}

const cases = forms.flatMap((each) => roles.map((role) => ({ ...each, ...role })));

describe.each(cases)('the $role role, for a subject $form', ({ app, repository, role, job }) => {
  const trust = trustFor(app, role);
  const good: Token = {
    iss: 'https://token.actions.githubusercontent.com',
    aud: 'sts.amazonaws.com',
    sub: `repo:${repository}:${job}`,
  };

  test(`takes ${job} of the repository`, () => {
    expect(isTrusted(trust, good)).toBe(true);
  });

  test.each(jobs.filter((other) => other !== job))('refuses %s', (other) => {
    expect(isTrusted(trust, { ...good, sub: `repo:${repository}:${other}` })).toBe(false);
  });

  test.each([
    ['another branch', `repo:${repository}:ref:refs/heads/evil`],
    ['a branch that begins alike', `repo:${repository}:ref:refs/heads/main-2`],
    ['a tag of the branch’s name', `repo:${repository}:ref:refs/tags/main`],
    ['an environment that begins alike', `repo:${repository}:environment:production-2`],
    ['a look-alike repository', 'repo:acme/shows-evil:pull_request'],
    ['a look-alike repository with ids', `repo:acme@11/shows-evil@23:${job}`],
    ['a look-alike owner', `repo:acme-evil/shows:${job}`],
    ['a look-alike owner with ids', `repo:acme-evil@12/shows@22:${job}`],
    ['the names, made again with other ids', `repo:acme@12/shows@23:${job}`],
    ['another repository id', `repo:acme@11/shows@222:${job}`],
    ['another owner id', `repo:acme@111/shows@22:${job}`],
    ['a foreign repository’s', `repo:mallory@99/shows@98:${job}`],
    ['capitals', `repo:${repository.toUpperCase()}:${job}`],
    ['more behind it', `repo:${repository}:${job}:more`],
    ['a wildcard', 'repo:*'],
    ['nothing', ''],
  ])('refuses %s', (_what, sub) => {
    expect(isTrusted(trust, { ...good, sub })).toBe(false);
  });

  test('refuses the other form of the subject', () => {
    const other = forms.find((each) => each.repository !== repository)?.repository;
    expect(isTrusted(trust, { ...good, sub: `repo:${other}:${job}` })).toBe(false);
  });

  test.each(['https://github.com/acme', 'sts.amazonaws.com.evil.example', ''])('refuses the audience %s', (aud) => {
    expect(isTrusted(trust, { ...good, aud })).toBe(false);
  });

  test.each(['https://gitlab.com', 'https://token.actions.githubusercontent.com.evil.example'])(
    'refuses the issuer %s',
    (iss) => {
      expect(isTrusted(trust, { ...good, iss })).toBe(false);
    },
  );

  test('compares letter by letter', () => {
    expect(trust.Statement.map(({ Condition }) => Object.keys(Condition))).toEqual([['StringEquals']]);
    expect(JSON.stringify(trust)).not.toContain('*');
  });
});

/**
 * A pull request of a fork runs in this repository, under its subject: AWS cannot tell it from one of a branch. That GitHub gives it
 * no `id-token` is all that keeps it out.
 */
test('a pull request of a fork has the subject that the plan role trusts, and no other role does', () => {
  const sub = 'repo:acme@11/shows@22:pull_request';
  const token = { iss: 'https://token.actions.githubusercontent.com', aud: 'sts.amazonaws.com', sub };
  const trusted = roles.filter(({ role }) => isTrusted(trustFor(onFargate, role), token)).map(({ role }) => role);
  expect(trusted).toEqual(['plan']);
});

test('an environment of another name at GitHub is the one that is trusted', () => {
  const github = { ...fromGitHub.github, environments: { prod: 'live' } };
  const trust = trustFor(delivered(onFargate, { delivery: { ...fromGitHub, github } }), 'deploy, prod');
  expect(JSON.stringify(trust)).toContain('repo:acme@11/shows@22:environment:live');
});

test('another branch is the one that builds, and the owner is written as GitHub has it', () => {
  const repository = 'https://github.com/Acme-Corp/Shows.API';
  const trust = trustFor(
    delivered(onFargate, { delivery: { ...fromGitHub, repository, branch: 'release/1.x' } }),
    'build',
  );
  expect(JSON.stringify(trust)).toContain('"repo:Acme-Corp@11/Shows.API@22:ref:refs/heads/release/1.x"');
});
