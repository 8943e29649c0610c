import type { App } from '@keelson/contract';

/** Where a sign-in of the app starts. */
export function loginPathOf({ resources = {} }: App): string {
  const login = Object.values(resources).find((resource) => resource.kind === 'login');
  return login?.loginPath ?? '/login';
}
