import type { Problem } from '@keelson/contract';
import { serializeError } from '../../log/error-serializer.ts';
import { redactText } from '../../log/redact.ts';
import { ConfigError } from '../../errors/index.ts';

/** Why a service does not start, for the person at the terminal or in the task's log. */
export function bootReport(error: unknown): string {
  if (error instanceof ConfigError) return configReport(error.problems);
  if (isTaken(error)) return `The service cannot start: port ${error.port} is taken. Stop what uses it, or set PORT.\n`;
  const { stack, message, cause } = serializeError(error);
  const because = cause ? `\nCaused by: ${cause.stack ?? cause.message}` : '';
  return `The service cannot start.\n${redactText(`${stack ?? message}${because}`)}\n`;
}

function configReport(problems: readonly Problem[]): string {
  const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
  const lines = problems.map(({ path, message, hint }) => `\n  ${path} ${message}\n${hint ? `    ${hint}\n` : ''}`);
  return `The service cannot start: ${count}.\n${lines.join('')}\n`;
}

function isTaken(error: unknown): error is Error & { port: number } {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' && 'port' in error;
}
