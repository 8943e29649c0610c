import type { LocalPerson, LocalTokens } from '../local/part.ts';
import type { SentMail } from './mail.ts';
import type { LogEntry } from '../local/services/log-line.ts';

/** What a test asks of the process that runs the app. */
export type ToHost =
  | { readonly type: 'start'; readonly root: string; readonly env: Readonly<Record<string, string>> }
  | { readonly type: 'stop' };

/** What that process answers. */
export type FromHost =
  | { readonly type: 'started'; readonly app: StartedApp }
  | { readonly type: 'failed'; readonly reason: string }
  | { readonly type: 'log'; readonly entry: LogEntry }
  | { readonly type: 'mail'; readonly mail: SentMail };

export interface StartedApp {
  /** Address of each service. */
  readonly urls: Readonly<Record<string, string>>;
  /** Address of each service itself, without the gateway in front. */
  readonly serviceUrls: Readonly<Record<string, string>>;
  /** Variables of the first service. */
  readonly env: Readonly<Record<string, string>>;
  readonly people: readonly LocalPerson[];
  /** Where machines get tokens, when the app has a local provider. */
  readonly tokens?: LocalTokens;
}
