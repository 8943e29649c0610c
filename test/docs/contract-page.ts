import { type Variable, resourceKinds, serviceVariables } from '@keelson/contract';

/** The text of docs/contract.md. */
export function contractPage(): string {
  return [
    '# The contract',
    '',
    'The environment variables that a service sees. What runs locally and what runs in AWS provide the same names; the runtime',
    'reads them. Written by `npm run docs:contract` from `@keelson/contract`; a test says when it is out of date.',
    '',
    'A secret `X` may also come as `X_SECRET_ARN`: the ARN of a secret in AWS Secrets Manager.',
    '',
    '## Every service',
    '',
    ...table(serviceVariables),
    ...Object.entries(resourceKinds).flatMap(([kind, { summary, forms }]) => [
      `## \`${kind}\``,
      '',
      `${summary}.`,
      '',
      ...forms({ name: '<name>', usedKinds: new Set() }).flatMap((form, index) => [
        ...(index === 0 ? [] : ['or', '']),
        ...table(form, (name) => kindsWithout(name, forms)),
      ]),
    ]),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

type Forms = (typeof resourceKinds)[keyof typeof resourceKinds]['forms'];

/** The kinds that make the variable unnecessary when the service uses them too. */
function kindsWithout(name: string, forms: Forms): string[] {
  return Object.keys(resourceKinds).filter(
    (kind) =>
      !forms({ name: '<name>', usedKinds: new Set([kind]) }).some((form) => form.some((given) => given.name === name)),
  );
}

function table(variables: readonly Variable[], unneededWith: (name: string) => string[] = () => []): string[] {
  if (variables.length === 0) return [];
  const rows = variables.map(({ name, description, secret, optional }) => {
    const unneeded = unneededWith(name).map((kind) => `not together with \`${kind}\``);
    const notes = [...(secret ? ['secret'] : []), ...(optional ? ['optional'] : []), ...unneeded].join(', ');
    return `| \`${name}\` | ${description.replaceAll('|', '\\|')} | ${notes} |`;
  });
  return ['| variable | what it is | |', '|---|---|---|', ...rows, ''];
}
