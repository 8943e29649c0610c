import Type, { type Static } from 'typebox';
import { namePattern } from './names.ts';
import { resourceSchema } from './resources/index.ts';

const name = (description: string) => Type.String({ pattern: namePattern, description });

export const computes = ['express', 'fargate', 'lambda'] as const;
export const ingresses = ['load-balancer', 'http-api'] as const;
export const servers = ['node', 'nginx'] as const;

const size = {
  /** CPU units, 1024 = one vCPU. On Lambda the processor follows from `memory`. */
  cpu: Type.Optional(Type.Integer({ minimum: 256 })),
  /** MiB; 512 and more on ECS, 128 to 10240 on Lambda. @default 512 */
  memory: Type.Optional(Type.Integer({ minimum: 128 })),
};

/** Who may use a route of the HTTP API: anyone, or the holder of a token with one of the scopes (none named: any valid token). */
const routeRule = Type.Union([
  Type.Literal('public'),
  Type.Object({ scopes: Type.Array(Type.String({ minLength: 1 })) }, { additionalProperties: false }),
]);

/** Requests that the HTTP API lets through, per second. */
const throttleSchema = Type.Object(
  {
    /** Requests per second over time. */
    rate: Type.Integer({ minimum: 1, maximum: 10_000 }),
    /** Requests at once. */
    burst: Type.Integer({ minimum: 1, maximum: 5_000 }),
  },
  { additionalProperties: false },
);

/** Names that other tools count on, instead of Keelson's. `{app}` and `{env}` stand for the app's and the environment's name. */
const namesSchema = Type.Object(
  {
    /** Log group. @default '/{app}/{env}/<service>', or '/aws/lambda/{app}-{env}-<service>' with `compute: 'lambda'` */
    logGroup: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_/.#{}-]{1,512}$' })),
    /** Target group of the load balancer. @default '{app}-{env}-<service>' */
    targetGroup: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9{}-]{1,64}$' })),
  },
  { additionalProperties: false },
);

export const serviceSchema = Type.Object(
  {
    /**
     * Entry file, relative to the config file; its default export is what `createService` returned. With `server: 'nginx'` a folder:
     * `public/` in it is served by the rules of its `nginx.conf`.
     */
    source: Type.String({ minLength: 1 }),
    /** What serves it: a program for Node, or nginx a folder of files. @default 'node' */
    server: Type.Optional(Type.Enum(servers)),
    /** Port that people reach the service on locally. @default 8000 */
    port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65535 })),
    /** Liveness path. @default '/health' */
    health: Type.Optional(Type.String({ pattern: '^/[A-Za-z0-9/._~%-]*$' })),
    compute: Type.Enum(computes),
    /** @default 'load-balancer', or 'http-api' with `compute: 'lambda'` */
    ingress: Type.Optional(Type.Enum(ingresses)),
    /**
     * What the HTTP API lets through, `GET /v1/shows` → rule; everything else is 404 there. `{name}` in a path stands for one part of it,
     * `{name+}` at its end for the rest. `ingress: 'http-api'` alone. @default every path, without a look at tokens
     */
    routes: Type.Optional(
      Type.Record(
        Type.String({
          pattern:
            '^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|ANY) /(([A-Za-z0-9_.+-]+|[{][A-Za-z0-9_.-]+[}])/)*([A-Za-z0-9_.+-]*|[{][A-Za-z0-9_.-]+[+]?[}])$',
        }),
        routeRule,
      ),
    ),
    /**
     * Paths that the load balancer, which all services on Fargate share, sends to this service: `/api/*`. `*` stands for any characters, `?` for
     * one; the first service that matches gets the request, in the order in which they are written. `ingress: 'load-balancer'` on Fargate alone.
     * @default whatever is left, for the first service without `paths`; `/<name>` and `/<name>/*` for the others
     */
    paths: Type.Optional(
      Type.Array(Type.String({ pattern: '^/[A-Za-z0-9_.$/~"\'@:+*?&-]{0,127}$' }), { minItems: 1, maxItems: 5 }),
    ),
    /** Requests per second at the HTTP API. @default { rate: 100, burst: 200 } */
    throttle: Type.Optional(throttleSchema),
    /** Sites whose pages may call the service (CORS), as origins: `https://app.example.com`. @default none */
    corsOrigins: Type.Optional(Type.Array(Type.String({ pattern: '^https?://[A-Za-z0-9.-]+(:[0-9]+)?$' }))),
    names: Type.Optional(namesSchema),
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
    /** Aurora Serverless v2, or a container on Fargate with a volume: cheaper, and nobody's to repair but yours. @default 'aurora' */
    engine: Type.Optional(Type.Enum(['aurora', 'container'])),
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
    domain: Type.Optional(Type.String({ minLength: 1, pattern: '^[A-Za-z0-9.-]+$' })),
    /** Makes the hosted zone; its name servers are an output. @default false: the zone is there already */
    createZone: Type.Optional(Type.Boolean()),
    /** Route 53 hosted zone that holds `domain`. @default `domain` without its first label */
    hostedZone: Type.Optional(Type.String({ minLength: 1, pattern: '^[A-Za-z0-9.-]+$' })),
    /** Instruction set of the tasks; the image must be built for it. Express runs x86_64 alone. @default 'x86_64' */
    architecture: Type.Optional(Type.Enum(['x86_64', 'arm64'])),
    /** Whose key encrypts secrets, logs and data: AWS's, or one of your own in KMS ($1 a month). @default 'aws' */
    encryption: Type.Optional(Type.Enum(['aws', 'kms'])),
    network: Type.Optional(networkSchema),
    database: Type.Optional(databaseSchema),
  },
  { additionalProperties: false },
);

/** What the trust between GitHub and AWS is made of. */
const githubSchema = Type.Object(
  {
    /** Id of the owner (organisation or person): `owner.id` in the answer of `https://api.github.com/repos/<owner>/<name>`. */
    ownerId: Type.Optional(Type.String({ pattern: '^[1-9][0-9]*$' })),
    /** Id of the repository: `id` in the same answer. */
    repositoryId: Type.Optional(Type.String({ pattern: '^[1-9][0-9]*$' })),
    /**
     * The repository is older than 2026-07-15 and was never renamed or moved: its tokens name it without ids.
     * @default false
     */
    legacy: Type.Optional(Type.Boolean()),
    /** Environment of the app → environment at GitHub. @default `prod` → `production`, the others by their own names */
    environments: Type.Optional(
      Type.Record(Type.String(), Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$' })),
    ),
    /** Whether to make the account's one identity provider for GitHub, or use that which another app made. @default 'create' */
    identityProvider: Type.Optional(Type.Enum(['create', 'existing'])),
  },
  { additionalProperties: false },
);

export const deliverySchema = Type.Object(
  {
    provider: Type.Enum(['github-actions', 'codebuild', 'codepipeline']),
    /** `https://github.com/acme/shows` */
    repository: Type.Optional(Type.String({ pattern: '^https://[^/ ?#]+/[^/ ?#]+/[^/ ?#]+$' })),
    /** Branch that is delivered. @default 'main' */
    branch: Type.Optional(Type.String({ minLength: 1 })),
    /** Where CodePipeline takes the source from. @default 'codeconnections' */
    source: Type.Optional(Type.Enum(['codeconnections', 'codecommit'])),
    /** Branch → environment that it is delivered to (CodePipeline); a name may end in `*`. @default the branch to every environment in turn */
    branches: Type.Optional(Type.Record(Type.String({ pattern: '^[A-Za-z0-9._/-]+[*]?$' }), Type.String())),
    /** Tags that make a release: delivered to the environment. @default none */
    releases: Type.Optional(
      Type.Object({ tags: Type.String({ minLength: 1 }), environment: Type.String() }, { additionalProperties: false }),
    ),
    /** Environments that a person approves first. @default those that are not ephemeral */
    approval: Type.Optional(Type.Array(Type.String())),
    /** Whether a push starts a delivery by itself, in environments that are not protected. @default 'manual' */
    trigger: Type.Optional(Type.Enum(['manual', 'webhook'])),
    /** GitHub Actions alone, and needed there. */
    github: Type.Optional(githubSchema),
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
export type ServerKind = (typeof servers)[number];
export type Service = Static<typeof serviceSchema>;
export type RouteRule = Static<typeof routeRule>;
export type Delivery = Static<typeof deliverySchema>;
export type Environment = Static<typeof environmentSchema>;
export type State = Static<typeof stateSchema>;
