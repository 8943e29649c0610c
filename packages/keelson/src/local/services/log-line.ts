export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

export type LogLevel = (typeof logLevels)[number];

export interface LogEntry {
  /** Rises by one with each line. */
  readonly id: number;
  readonly service: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly level: LogLevel;
  readonly text: string;
  /** It was no JSON: text is the line as it was written. */
  readonly plain?: true;
  /** Stack or other lines that belong to it; absent when there are none. */
  readonly detail?: string;
}

type ReadLine = Omit<LogEntry, 'id' | 'service'>;

const maxLength = 32_768;

/** Reads a line that a service wrote: pino's JSON, or any text. */
export function readLogLine(line: string, stream: 'stdout' | 'stderr'): ReadLine {
  const fields = parseObject(line);
  if (!fields || !('level' in fields)) {
    return {
      time: Date.now(),
      level: stream === 'stdout' ? 'info' : 'warn',
      text: line.slice(0, maxLength),
      plain: true,
    };
  }
  const detail = stackOf(fields['err'] ?? fields['error']);
  return {
    time: timeOf(fields['time']),
    level: levelOf(fields['level']),
    text: [messageOf(fields), ...requestFields(fields), ...plainFields(fields)].filter(Boolean).join(' '),
    ...(detail ? { detail: detail.slice(0, maxLength) } : {}),
  };
}

function parseObject(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function levelOf(level: unknown): LogLevel {
  if (typeof level === 'number') return logLevels[Math.floor(level / 10) - 1] ?? 'info';
  return logLevels.find((name) => name === level) ?? 'info';
}

function timeOf(time: unknown): number {
  const value = typeof time === 'number' ? time : Date.parse(String(time));
  return Number.isNaN(value) ? Date.now() : value;
}

const shownElsewhere = new Set([
  ...['level', 'time', 'msg', 'pid', 'hostname', 'service', 'environment', 'err', 'error', 'v'],
  ...[
    'method',
    'url',
    'path',
    'status',
    'statusCode',
    'ms',
    'responseTime',
    'client',
    'requestId',
    'reqId',
    'req',
    'res',
  ],
]);

/** Of a request, method and path say it all. */
function messageOf({ msg, method }: Record<string, unknown>): string {
  return msg === undefined || (msg === 'request' && method !== undefined) ? '' : String(msg);
}

function requestFields(fields: Record<string, unknown>): string[] {
  const { method, url, path, status, statusCode, ms, responseTime } = fields;
  const duration = ms ?? responseTime;
  const parts = [method, url ?? path, status ?? statusCode].filter((part) => part !== undefined).map(String);
  return typeof duration === 'number' ? [...parts, `${Math.round(duration)} ms`] : parts;
}

function plainFields(fields: Record<string, unknown>): string[] {
  return Object.entries(fields)
    .filter(([name]) => !shownElsewhere.has(name))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
}

interface LoggedError {
  readonly type?: string;
  readonly message?: string;
  readonly stack?: string;
  readonly hint?: string;
  readonly cause?: LoggedError;
}

function stackOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? value : '';
  const { type = 'Error', message = '', stack, hint, cause } = value as LoggedError;
  const lines = [stack ?? `${type}: ${message}`, ...(hint ? [`hint: ${hint}`] : [])];
  const causeText = stackOf(cause);
  return [...lines, ...(causeText ? [`caused by: ${causeText}`] : [])].join('\n');
}
