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

export const networkSchema = Type.Object(
  {
    /** IPv4 block of the VPC, a private one between /16 and /24. @default '10.0.0.0/16' */
    cidr: Type.Optional(Type.String({ pattern: '^[0-9.]+/[0-9]+$' })),
    /** Availability zones. @default 2 */
    zones: Type.Optional(Type.Integer({ minimum: 2, maximum: 3 })),
    /** Where tasks run. Express runs in public subnets alone. @default 'private' with `fargate`, 'public' with `express` */
    tasks: Type.Optional(Type.Enum(['private', 'public'])),
    /** How private tasks reach the internet. @default 'single' when ephemeral, else 'per-zone'; 'none' where no task is private */
    nat: Type.Optional(Type.Enum(['none', 'single', 'per-zone'])),
  },
  { additionalProperties: false },
);

export const databaseSchema = Type.Object(
  {
    /** Aurora capacity units at least; 0 lets an unused database pause. @default 0 */
    minCapacity: Type.Optional(Type.Number({ minimum: 0, maximum: 256, multipleOf: 0.5 })),
    /** Aurora capacity units at most. @default 4 */
    maxCapacity: Type.Optional(Type.Number({ minimum: 1, maximum: 256, multipleOf: 0.5 })),
    /** Seconds without a connection before the database pauses. @default 300 when ephemeral, else 1800 */
    pauseAfter: Type.Optional(Type.Integer({ minimum: 300, maximum: 86400 })),
    /** Instances; a second one takes over when the first fails. @default 1 */
    instances: Type.Optional(Type.Integer({ minimum: 1, maximum: 15 })),
    /** Days that backups are kept. @default 1 when ephemeral, else 14 */
    backupDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 35 })),
  },
  { additionalProperties: false },
);

/** Where Terraform keeps its state: an S3 bucket. */
export const stateSchema = Type.Object(
  {
    bucket: Type.String({ pattern: '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$' }),
    /** @default the app's region */
    region: Type.Optional(Type.String({ pattern: '^[a-z]{2}(-[a-z]+)+-[0-9]$' })),
    /** How two runs are kept apart: a file beside the state, or a DynamoDB table `<bucket>-locks`. @default 's3' */
    locking: Type.Optional(Type.Enum(['s3', 'dynamodb'])),
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
    /** Running tasks at most. @default four times `tasks` */
    maxTasks: Type.Optional(Type.Integer({ minimum: 1 })),
    /** Host name of the environment. */
    domain: Type.Optional(Type.String({ minLength: 1 })),
    /** Route 53 hosted zone that holds `domain`. @default `domain` without its first label */
    hostedZone: Type.Optional(Type.String({ minLength: 1 })),
    /** Instruction set of the tasks; the image must be built for it. Express runs x86_64 alone. @default 'x86_64' */
    architecture: Type.Optional(Type.Enum(['x86_64', 'arm64'])),
    network: Type.Optional(networkSchema),
    database: Type.Optional(databaseSchema),
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
    /** Where Terraform keeps its state. Absent: in a file beside the configuration. */
    state: Type.Optional(stateSchema),
  },
  { additionalProperties: false },
);

export type Compute = (typeof computes)[number];
export type Ingress = (typeof ingresses)[number];
export type Service = Static<typeof serviceSchema>;
export type Environment = Static<typeof environmentSchema>;
export type State = Static<typeof stateSchema>;
