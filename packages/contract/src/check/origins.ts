import type { App } from '../app.ts';
import type { Problem } from '../problem.ts';

/** Origins are compared letter by letter with what browsers send: lower case, and no port that the scheme means anyway. */
export function checkOrigins(services: App['services']): Problem[] {
  return Object.entries(services).flatMap(([service, { corsOrigins = [] }]) =>
    corsOrigins.flatMap((origin, index) => {
      const sent = URL.canParse(origin) ? new URL(origin).origin : undefined;
      if (sent === origin) return [];
      const path = `services.${service}.corsOrigins.${index}`;
      if (sent === undefined)
        return [{ path, message: 'is no address', hint: 'For example `https://app.example.com`.' }];
      const port = /:0*(?:443|80)$/.exec(origin)?.[0];
      const message =
        port === undefined || sent.endsWith(port)
          ? `browsers do not write \`${origin}\` like this, so it would match no site`
          : `browsers leave \`${port}\` out, so \`${origin}\` would match no site`;
      return [{ path, message, hint: `Write \`${sent}\`.` }];
    }),
  );
}
