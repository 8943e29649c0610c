import { existsSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { migrationsFolder } from '../local/postgres/migrate-local.ts';
import type { DockerfileArgs } from './dockerfile.ts';
import { writableTmp } from './writable-tmp.ts';

const base = 'node:24-slim';
const adapter = 'public.ecr.aws/awsguru/aws-lambda-adapter:1.1.0';

export function nodeDockerfile(args: DockerfileArgs): string {
  const migrations = migrationsOf(args);
  const made = migrations === undefined ? 'The service' : 'The service and its migrations';
  return `# ${made} as a bundle: no package has to be installed in the image.
FROM ${base} AS build
WORKDIR /app
COPY package.json package-lock.json ./
${copyVendor(args.root)}RUN npm ci
${copySources(args, migrations)}
RUN npx keelson bundle ${args.service} --out dist

FROM ${base}
ENV NODE_ENV=production
ENV PORT=8080
WORKDIR /app
${copyAdapter(args)}COPY --from=build /app/dist ./
${writableTmp}# Uid 1000. It owns no file here and writes none: the file system may be read-only.
USER node
EXPOSE 8080
CMD ["node", "--enable-source-maps", "server.js"]
`;
}

function copyVendor(root: string): string {
  if (!existsSync(join(root, 'vendor'))) return '';
  return '# Packages that the lock file names and no registry has; see vendor/README.md.\nCOPY vendor ./vendor\n';
}

/** Folders that the bundle is made of, each by name: a change elsewhere builds nothing anew. */
function copySources({ app, service }: DockerfileArgs, migrations: string | undefined): string {
  const source = app.services[service]?.source ?? '';
  const folders = [source, ...(migrations === undefined ? [] : [`${migrations}/`])].map(topFolder);
  // A file beside the configuration may import any other there.
  if (folders.includes(undefined)) return 'COPY . .';
  return ['COPY keelson.config.ts ./', ...new Set(folders.map((folder) => `COPY ${folder} ./${folder}`))].join('\n');
}

/** `src/main.ts` → `src` */
function topFolder(path: string): string | undefined {
  const [first, ...rest] = posix.normalize(path).split('/');
  return rest.length > 0 ? first : undefined;
}

/** Folder of the migrations, from the root and with `/`; nothing where the service has no database. */
function migrationsOf({ app, service, root }: DockerfileArgs): string | undefined {
  const uses = app.services[service]?.uses ?? [];
  const database = uses.map((name) => app.resources?.[name]).find((resource) => resource?.kind === 'postgres');
  return database && relative(root, migrationsFolder(root, database)).split(sep).join('/');
}

function copyAdapter({ app, service }: DockerfileArgs): string {
  if (app.services[service]?.compute !== 'lambda') return '';
  return [
    '# Lambda runs it beside the service and so speaks HTTP to it. Anywhere else it is a file that nobody runs: one image for both.',
    `COPY --from=${adapter} /lambda-adapter /opt/extensions/lambda-adapter`,
    '',
  ].join('\n');
}
