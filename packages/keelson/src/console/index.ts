import { createServer } from 'node:http';
import type { LocalApp } from '../local/app.ts';
import { checkHost, closeServer } from '../local/loopback.ts';
import { listenOn, type PortWish } from '../local/ports.ts';
import { handleConsole, pagesOf } from './routes.ts';

export interface Console {
  readonly url: string;
  /** What it shows of this app: `contract, tables, logs`. */
  readonly about: string;
  readonly port: number;
  /** The port that was wished for and in use; absent: it was free. */
  readonly movedFrom?: number;
  close(): Promise<void>;
}

/** The front door of local work: what runs where, contracts, people, logs. */
export async function startConsole(app: LocalApp, wish: PortWish): Promise<Console> {
  let allowed: string[] = [];
  const server = createServer((request, response) => {
    if (checkHost(request, response, allowed)) handleConsole(app, request, response);
  });
  const port = await listenOn(server, wish);
  allowed = [`localhost:${port}`, `127.0.0.1:${port}`];
  return {
    url: `http://localhost:${port}`,
    about: aboutOf(app),
    port,
    ...(wish.port !== 0 && port !== wish.port ? { movedFrom: wish.port } : {}),
    close: () => closeServer(server),
  };
}

function aboutOf(app: LocalApp): string {
  const [, ...titles] = pagesOf(app).map(({ title }) => title.toLowerCase());
  const hasPeople = [...app.parts.values()].some(({ people = [] }) => people.length > 0);
  return [...(hasPeople ? ['people'] : []), ...titles].join(', ');
}
