import type { App } from '@keelson/runtime';
import Type from 'typebox';

const schema = {
  summary: 'Whether the process is alive',
  description: 'Touches nothing: a load balancer asks often.',
  response: { 200: Type.Object({ message: Type.Literal('ok') }) },
};

/** Takes the place of the runtime's own `/health`, whose body is another. `/ready` is the runtime's. */
export function health(app: App): void {
  for (const path of ['/v1/health', '/health']) {
    // Vital: answered also when the service is too busy for other requests.
    app.get(path, { auth: 'public', config: { vital: true }, schema }, async () => ({ message: 'ok' as const }));
  }
}
