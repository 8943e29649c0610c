/** Of apps, services, resources and environments: no hyphen at the end, and no two in a row, because ECR and load balancers take none. */
export const namePattern = '^(?=.{1,31}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$';

/** `userDb` and `user-db` → `USER_DB`. */
export function upperSnake(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toUpperCase();
}

/** Fills `{app}` and `{env}` in a name of the config file. Locally the environment is called `local`. */
export function fillName(template: string, names: { readonly app: string; readonly environment: string }): string {
  return template.replaceAll('{app}', names.app).replaceAll('{env}', names.environment);
}
