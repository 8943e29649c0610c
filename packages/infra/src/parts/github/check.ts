import type { App, Problem } from '@keelson/contract';
import { terraformRoleName } from './names.ts';

/** The Terraform role of an environment is told what is its own by how names begin. */
export function checkApart({ name: app, environments = {}, state }: App): Problem[] {
  const names = Object.keys(environments);
  return names.flatMap((name) => [
    ...(terraformRoleName(app, name).length <= 64
      ? []
      : [
          {
            path: `environments.${name}`,
            message: `the name of the role, \`${terraformRoleName(app, name)}\`, is longer than 64 characters`,
            hint: 'Shorten the name of the app or of the environment.',
          },
        ]),
    ...names
      .filter((other) => other.startsWith(`${name}-`))
      .map((other) => ({
        path: `environments.${other}`,
        message: `begins like \`${name}\`, whose Terraform role could then change it`,
        hint: `Choose a name that does not begin with \`${name}-\`.`,
      })),
    ...(state?.bucket.startsWith(`${app}-${name}-`)
      ? [
          {
            path: 'state.bucket',
            message: `begins like the buckets of \`${name}\`, whose Terraform role could then change every state`,
            hint: `Choose a name that does not begin with \`${app}-${name}-\`, such as \`${app}-terraform-state\`.`,
          },
        ]
      : []),
  ]);
}
