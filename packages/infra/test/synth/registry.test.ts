import type { App } from '@keelson/contract';
import { describe, expect, test } from 'vitest';
import { composeShared } from '../../src/compose.ts';
import { appWith, decoded, dev, prod, resourcesOf } from './apps.ts';
import { inTurn, mapped, pipelined } from './delivery-apps.ts';
import { expired, type Image, type Rule } from './ecr-lifecycle.ts';
import { delivered, everyDelivered, onFargate } from './github-apps.ts';

const byCodeBuild = appWith('fargate', {
  delivery: { provider: 'codebuild', repository: 'https://github.com/acme/sso' },
  state: { bucket: 'sso-state' },
});

/** Apps whose deliveries give an image a tag of each environment that gets it. */
const tagging: Readonly<Record<string, App>> = {
  'GitHub Actions': onFargate,
  'GitHub Actions, prod written first': delivered(appWith('fargate', { environments: { prod, dev } })),
  'one pipeline': pipelined(inTurn),
  'a pipeline per branch': pipelined(mapped),
  CodeBuild: byCodeBuild,
};

function rulesOf(app: App): readonly Rule[] {
  const [policy] = resourcesOf(composeShared(app), 'aws_ecr_lifecycle_policy');
  return (decoded(policy?.args['policy']) as { rules: Rule[] }).rules;
}

/** Of one commit, that each of these environments was given. */
const image = (pushed: number, ...environments: string[]): Image => {
  const commit = String(pushed).padStart(40, '0');
  return { tags: [commit, ...environments.map((environment) => `${environment}-${commit}`)], pushed };
};
const run = (length: number, from: number, ...environments: string[]) =>
  Array.from({ length }, (_, index) => image(from + index, ...environments));

describe('what the registry keeps', () => {
  test.each(Object.entries(tagging))(
    'fault: the image that prod runs, however often the others are deployed: %s',
    (_name, app) => {
      const others = Object.keys(app.environments ?? {}).filter((environment) => environment !== 'prod');
      const running = image(1, ...others, 'prod');
      const failed = others.flatMap((environment, index) => run(300, 100 + 1000 * index, environment));
      const builtOnly = run(300, 10_000);
      const gone = expired(rulesOf(app), [running, ...failed, ...builtOnly]);
      expect(gone).not.toContain(running);
      expect(gone.length).toBeGreaterThan(300);
    },
  );

  test.each(Object.entries(tagging))(
    'fault: the image that prod runs, when it was long in dev before: %s',
    (_name, app) => {
      const others = Object.keys(app.environments ?? {}).filter((environment) => environment !== 'prod');
      const images = [...run(49, 1, ...others, 'prod'), ...run(200, 100, ...others)];
      expect(expired(rulesOf(app), images).filter(({ tags }) => tags.some((tag) => tag.startsWith('prod-')))).toEqual(
        [],
      );
    },
  );

  test.each(Object.entries(tagging))(
    'the image that another environment runs, however many are built: %s',
    (_name, app) => {
      for (const environment of Object.keys(app.environments ?? {})) {
        const running = image(1, environment);
        expect(expired(rulesOf(app), [running, ...run(300, 100)])).not.toContain(running);
      }
    },
  );

  test('no more than 50 of an environment, and 50 of those that went nowhere', () => {
    const rules = rulesOf(onFargate);
    expect(expired(rules, run(60, 1, 'dev', 'prod'))).toEqual(run(10, 1, 'dev', 'prod'));
    expect(expired(rules, run(60, 1))).toEqual(run(10, 1));
  });

  test('every tagged image where nobody says what runs and several environments share the registry', () => {
    expect(expired(rulesOf(appWith('fargate', { environments: { dev, prod } })), run(300, 1))).toEqual([]);
    expect(expired(rulesOf(appWith('fargate', { environments: { dev } })), run(60, 1))).toEqual(run(10, 1));
  });
});

test.each(Object.entries({ ...tagging, ...everyDelivered, 'by hand': appWith('fargate') }))(
  'security: a tag keeps its meaning for ever, in every registry: %s',
  (_name, app) => {
    const registries = resourcesOf(composeShared(app), 'aws_ecr_repository');
    expect(registries).toHaveLength(Object.keys(app.services).length);
    for (const { args } of registries) expect(args['image_tag_mutability']).toBe('IMMUTABLE');
  },
);

describe('the rules of ECR, as they are simulated', () => {
  const rule = (rulePriority: number, prefix: string, countNumber: number): Rule => ({
    rulePriority,
    selection: { tagStatus: 'tagged', tagPrefixList: [prefix], countType: 'imageCountMoreThan', countNumber },
  });
  const both = image(1, 'dev', 'prod');

  test('the first rule that matches an image governs it, also where a later one would keep it', () => {
    const images = [both, image(2, 'dev')];
    expect(expired([rule(1, 'dev-', 1), rule(2, 'prod-', 1)], images)).toEqual([both]);
    expect(expired([rule(1, 'prod-', 1), rule(2, 'dev-', 1)], images)).toEqual([]);
  });

  test('a later rule counts images that an earlier one governs', () => {
    const newer = image(2, 'dev', 'prod');
    const older = image(1, 'dev');
    expect(expired([rule(1, 'prod-', 9), rule(2, 'dev-', 1)], [newer, older])).toEqual([older]);
  });
});
