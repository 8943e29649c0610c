import type { Sender } from '../address.ts';

/** A mail on its way. */
export interface OutgoingMail {
  readonly from: Sender;
  /** One bare address. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** With its angle brackets; the same in every attempt. */
  readonly messageId: string;
  readonly date: Date;
}

/** Hands mail over to somebody who delivers it. */
export interface MailTransport {
  /**
   * Resolves when the mail was taken over.
   * @param signal ends the attempt
   * @throws DeliveryError
   */
  deliver(mail: OutgoingMail, signal: AbortSignal): Promise<void>;
}
