import type { LocalPerson, LocalTokens } from '../local/part.ts';
import type { SentMail } from './mail.ts';
import type { LogEntry } from '../local/services/log-line.ts';

/** What a test asks of the process that runs the app. */
export type ToHost =
  | { readonly type: 'start'; readonly root: string; readonly env: Readonly<Record<string, string>> }
  | { readonly type: 'control'; readonly id: number; readonly service: string; readonly action: ServiceAction }
  | { readonly type: 'stop' };

/** `kill` ends the process without a chance to finish anything. */
export type ServiceAction = 'start' | 'stop' | 'kill';

/** What that process answers. */
export type FromHost =
  | { readonly type: 'started'; readonly app: StartedApp }
  | { readonly type: 'failed'; readonly reason: string }
  | { readonly type: 'controlled'; readonly id: number; readonly problem?: string; readonly serviceUrls: Addresses }
  | { readonly type: 'log'; readonly entry: LogEntry }
  | { readonly type: 'mail'; readonly mail: SentMail };

type Addresses = Readonly<Record<string, string>>;

export interface StartedApp {
  /** Address that people use first. */
  readonly url: string;
  /** Address of each service. */
  readonly urls: Addresses;
  /** Address of each service itself, without the gateway in front. */
  readonly serviceUrls: Addresses;
  /** Variables of the first service that is a program. */
  readonly env: Readonly<Record<string, string>>;
  readonly people: readonly LocalPerson[];
  /** Where a sign-in starts. */
  readonly loginPath: string;
  /** Where machines get tokens, when the app has a local provider. */
  readonly tokens?: LocalTokens;
}
