import Type, { type Static } from 'typebox';
import { resourceSchema } from './resources/index.ts';

const name = (description: string) => Type.String({ pattern: '^[a-z][a-z0-9-]{0,30}$', description });

export const computes = ['express', 'fargate', 'lambda'] as const;
export const ingresses = ['load-balancer', 'http-api'] as const;

const size = {
  /** CPU units, 1024 = one vCPU. */
  cpu: Type.Optional(Type.Integer({ minimum: 256 })),
  /** MiB. */
  memory: Type.Optional(Type.Integer({ minimum: 512 })),
};

export const serviceSchema = Type.Object(
  {
    /** Entry file, relative to the config file; its default export is what `createService` returned. */
    source: Type.String({ minLength: 1 }),
    /** Port that people reach the service on locally. @default 8000 */
    port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65535 })),
    /** Liveness path. @default '/health' */
    health: Type.Optional(Type.String({ pattern: '^/' })),
    compute: Type.Enum(computes),
    /** @default 'load-balancer', or 'http-api' with `compute: 'lambda'` */
    ingress: Type.Optional(Type.Enum(ingresses)),
    ...size,
    /** Names of resources. */
    uses: Type.Optional(Type.Array(Type.String())),
  },
  { additionalProperties: false },
);

export const environmentSchema = Type.Object(
  {
    /** Everything in it may be destroyed: no protection, no snapshots, no recovery windows. @default false */
    ephemeral: Type.Optional(Type.Boolean()),
    ...size,
    /** Running tasks at least. @default 1 */
    tasks: Type.Optional(Type.Integer({ minimum: 1 })),
    /** Days that logs are kept. @default 14 */
    logDays: Type.Optional(Type.Integer({ minimum: 1 })),
    /** Host name of the environment. */
    domain: Type.Optional(Type.String({ minLength: 1 })),
  },
  { additionalProperties: false },
);

export const deliverySchema = Type.Object(
  {
    provider: Type.Enum(['github-actions', 'codebuild', 'codepipeline']),
    repository: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);

export const appSchema = Type.Object(
  {
    name: name('Name of the app; prefixes everything made for it'),
    /** AWS region, e.g. `eu-central-1`. */
    region: Type.String({ pattern: '^[a-z]{2}(-[a-z]+)+-[0-9]$' }),
    resources: Type.Optional(Type.Record(name('Name of the resource'), resourceSchema)),
    services: Type.Record(name('Name of the service'), serviceSchema),
    environments: Type.Optional(Type.Record(name('Name of the environment'), environmentSchema)),
    delivery: Type.Optional(deliverySchema),
  },
  { additionalProperties: false },
);

export type Compute = (typeof computes)[number];
export type Ingress = (typeof ingresses)[number];
export type Service = Static<typeof serviceSchema>;
export type Environment = Static<typeof environmentSchema>;
