import { DeliveryError, type DeliveryFailure } from './delivery-error.ts';
import type { ClaimedMail, Postponed } from './outbox.ts';
import type { WorkerSettings } from './worker.ts';

/** What became of one attempt. */
export type Outcome =
  | { readonly is: 'sent' }
  | ({ readonly is: 'postponed' } & Postponed)
  | { readonly is: 'given up'; readonly reason: string }
  /** We ended it ourselves, and it does not count. */
  | { readonly is: 'released' };

type Settings = Pick<WorkerSettings, 'transport' | 'from' | 'log' | 'lease' | 'attemptLimit' | 'backOff'>;

/** Tries once to hand a mail over. Never rejects. Nothing of the mail but its id is logged. */
export async function attempt(mail: ClaimedMail, settings: Settings, stopped: AbortSignal): Promise<Outcome> {
  const { transport, from, log, lease } = settings;
  const { recipient: to, createdAt: date, subject, text, html, messageId } = mail;
  // Over before another process may claim it.
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(Math.ceil(lease / 2))]);
  try {
    await transport.deliver({ from, to, subject, text, html, messageId, date }, signal);
    log.info({ mail: mail.id, attempts: mail.attempts }, 'A mail was handed over');
    return { is: 'sent' };
  } catch (error) {
    if (stopped.aborted) return { is: 'released' };
    return afterFailure(mail, failureOf(error), settings);
  }
}

function afterFailure(mail: ClaimedMail, failure: DeliveryFailure, settings: Settings): Outcome {
  const { log, attemptLimit, backOff } = settings;
  const { reason, permanent, unreachable } = failure;
  const fields = { mail: mail.id, attempts: mail.attempts, reason };
  if (permanent || mail.attempts >= attemptLimit) {
    log.error(fields, permanent ? 'A mail was refused for good' : 'A mail was given up after many attempts');
    return { is: 'given up', reason };
  }
  const delay = Math.round(backOff(mail.attempts));
  log.warn({ ...fields, retryInMs: delay }, 'A mail could not be handed over; it is tried again');
  return { is: 'postponed', delay, reason, unreachable };
}

/** What no transport explained (a secret that is not set, a missing package) keeps every mail waiting. */
function failureOf(error: unknown): DeliveryFailure {
  if (error instanceof DeliveryError) return error;
  const reason = error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : 'unknown';
  return { reason, permanent: false, unreachable: true };
}
