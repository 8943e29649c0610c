import type { Io } from '../../io.ts';
import { type Style, style } from '../../style.ts';
import type { LogBook } from '../services/log-book.ts';
import type { LogEntry, LogLevel } from '../services/log-line.ts';

/** Prints what was logged so far, then each new line. @returns how to stop */
export function printLogs(logs: LogBook, services: readonly string[], io: Io): () => void {
  const paints = style(io.stdout, io.env);
  const width = services.length > 1 ? Math.max(...services.map((name) => name.length)) : 0;
  const print = (entry: LogEntry) => void io.stdout.write(logText(entry, width, paints));
  for (const entry of logs.since(0)) print(entry);
  return logs.follow(print);
}

/** @param width of the service's column; `0`: there is only one service, and no column */
function logText({ time, level, service, text, plain, detail }: LogEntry, width: number, paints: Style): string {
  const name = width > 0 ? `${paints.cyan(service.padEnd(width))} ` : '';
  if (plain) return `${name}${text}\n`;
  const head = `${paints.dim(clock(time))} ${levelPaint(level, paints)(level.toUpperCase().padEnd(5))} ${name}`;
  const more = detail ? `${printable(detail).replaceAll(/^/gm, '    ')}\n` : '';
  return `${head}${printable(text)}\n${paints.dim(more)}`;
}

function levelPaint(level: LogLevel, { red, yellow, green, dim }: Style): (text: string) => string {
  if (level === 'error' || level === 'fatal') return red;
  if (level === 'warn') return yellow;
  return level === 'info' ? green : dim;
}

function clock(time: number): string {
  return new Date(time).toTimeString().slice(0, 8);
}

/** What a caller wrote into a log must not steer the terminal. */
function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, '');
}
