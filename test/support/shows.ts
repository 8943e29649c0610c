import { join } from 'node:path';
import { type RunningApp, startApp } from 'keelson/testing';
import { type Answer, type Call, call } from './http.ts';
import { repository } from './imports.ts';
import { type ServiceProcess, startService } from './service-process.ts';

export const showsFolder = join(repository, 'templates/shows');

/** The shows app, as `keelson dev` runs it. */
export function startShows(env: Readonly<Record<string, string>> = {}): Promise<RunningApp> {
  return startApp({ root: showsFolder, env });
}

/** The service alone, as a task behind the load balancer: nobody has looked at its requests before. */
export interface DirectService {
  readonly url: string;
  readonly process: ServiceProcess;
  stop(): Promise<void>;
}

/** @param env variables that differ from those of the app */
export async function startDirectly(
  app: RunningApp,
  env: Readonly<Record<string, string>> = {},
): Promise<DirectService> {
  const given = { ...app.env, PORT: '0', TRUSTED_PROXIES: '', ...env };
  const process = startService('shows', Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '')));
  return {
    url: `http://127.0.0.1:${await process.listening()}`,
    process,
    stop: async () => {
      process.child.kill('SIGKILL');
      await process.exited();
    },
  };
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** `GET /v1/shows` */
export function readShows(url: string, token: string, { headers, ...rest }: Call = {}): Promise<Answer> {
  return call(`${url}/v1/shows`, { headers: { ...bearer(token), ...headers }, ...rest });
}

/** `POST /v1/shows` */
export function writeShows(url: string, token: string, payload: unknown): Promise<Answer> {
  const headers = { ...bearer(token), 'content-type': 'application/json' };
  return call(`${url}/v1/shows`, { method: 'POST', headers, body: JSON.stringify({ payload }) });
}

export interface Listed {
  response: { image: string; slug: string; title: string }[];
  cursor?: string;
}

export async function listedSlugs(url: string, token: string): Promise<string[]> {
  return ((await readShows(url, token)).json() as Listed).response.map(({ slug }) => slug);
}

/** A show that is listed. */
export function show<More extends object>(handle: string, more?: More) {
  return { slug: `show/${handle}`, title: `Title of ${handle}`, drm: true, episodeCount: 1, ...(more as More) };
}
