import type { LocalApp } from '../local/app.ts';
import type { Inbox } from '../local/mail/inbox.ts';

export interface NamedInbox {
  /** The resource's name. */
  readonly name: string;
  readonly inbox: Inbox;
}

/** Inboxes that run here; a mail server of the user's own is none. */
export function inboxesOf({ parts }: LocalApp): readonly NamedInbox[] {
  return [...parts].flatMap(([name, { inbox }]) => (inbox ? [{ name, inbox }] : []));
}
