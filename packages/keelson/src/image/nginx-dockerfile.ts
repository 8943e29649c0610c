import { posix } from 'node:path';
import { writableTmp } from './writable-tmp.ts';

/** nginx for a user without rights: uid 101, port 8080, its process id in /tmp. */
const base = 'nginxinc/nginx-unprivileged:1.30.4-alpine';

/** @param source folder with `nginx.conf` and `public/`, as the configuration names it */
export function nginxDockerfile(source: string): string {
  const folder = posix.normalize(source).replace(/\/$/, '');
  return `# What is in ${folder}/public, served by the rules of ${folder}/nginx.conf.
FROM ${base}
COPY ${folder}/nginx.conf /etc/nginx/nginx.conf
COPY ${folder}/public /usr/share/nginx/html
${writableTmp}# The base image's own user. It writes to /tmp alone: the rest of the file system may be read-only.
USER 101
EXPOSE 8080
# Without the base image's start scripts: they edit a configuration that this one does not read.
ENTRYPOINT []
CMD ["nginx", "-g", "daemon off;"]
`;
}
