import type { App } from '@keelson/runtime';
import Type from 'typebox';

const schema = {
  summary: 'Whether the process is alive',
  description: 'Touches nothing: a load balancer asks often.',
  response: { 200: Type.Object({ status: Type.Literal('ok') }) },
};

/** `/health` is what the load balancer asks; under `/api/` it is reachable through the load balancer too. */
export function health(app: App): void {
  for (const path of ['/health', '/api/health']) {
    // Vital: answered also when the service is too busy for other requests.
    app.get(path, { auth: 'public', config: { vital: true }, schema }, async () => ({ status: 'ok' as const }));
  }
}
