import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mustRun, plainEnv } from '../support/run.ts';
import { keelsonBin } from '../support/template.ts';
import { type ApiGateway, startApiGateway } from './stand-in/api-gateway.ts';
import { createFunction, type FunctionOptions, type LambdaFunction } from './stand-in/function.ts';

export interface Bundle {
  readonly folder: string;
  remove(): void;
}

/** What the image of the service `api` holds, by `keelson bundle`. */
export async function bundleOf(appFolder: string): Promise<Bundle> {
  const temporary = mkdtempSync(join(tmpdir(), 'keelson-lambda-'));
  const folder = join(temporary, 'api');
  const remove = () => rmSync(temporary, { recursive: true, force: true });
  try {
    await mustRun(process.execPath, [keelsonBin, 'bundle', 'api', '--out', folder], {
      cwd: appFolder,
      env: plainEnv(),
    });
    return { folder, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

export interface Chain {
  readonly url: string;
  readonly gateway: ApiGateway;
  readonly lambda: LambdaFunction;
  stop(): Promise<void>;
}

export interface ChainOptions extends Omit<FunctionOptions, 'folder' | 'env'> {
  /** The function's environment beyond that of every service. */
  readonly env?: (publicUrl: string) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
}

/** Client → HTTP API → Lambda → stand-in for the adapter → the service's bundle. */
export async function startChain({ folder }: Bundle, { env, ...options }: ChainOptions = {}): Promise<Chain> {
  const target: { lambda?: LambdaFunction } = {};
  const gateway = await startApiGateway(
    (event) => target.lambda?.invoke(event) ?? Promise.reject(new Error('There is no function yet.')),
  );
  const own = (await env?.(gateway.url)) ?? {};
  const lambda = createFunction({ folder, env: { ...functionEnv(gateway.url), ...own }, ...options });
  target.lambda = lambda;
  return {
    url: gateway.url,
    gateway,
    lambda,
    stop: async () => {
      await gateway.close();
      await lambda.stop();
    },
  };
}

/** As the generated Terraform gives it; `KEELSON_ENVIRONMENT` alone is another one, for addresses that begin with http://. */
function functionEnv(publicUrl: string): Record<string, string> {
  return {
    NODE_ENV: 'production',
    PUBLIC_URL: publicUrl,
    KEELSON_SERVICE: 'api',
    KEELSON_ENVIRONMENT: 'local',
    TRUSTED_PROXIES: '127.0.0.1/32',
    CLIENT_ADDRESS_HEADER: 'x-amzn-request-context',
    AWS_LWA_READINESS_CHECK_PATH: '/health',
  };
}
