import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../log/log.ts';
import type { Sender } from './address.ts';
import { attempt, type Outcome } from './attempt.ts';
import type { ClaimedMail, Outbox } from './outbox.ts';
import type { MailTransport } from './transport/transport.ts';

export interface WorkerSettings {
  readonly outbox: Outbox;
  readonly transport: MailTransport;
  readonly from: Sender;
  readonly log: Log;
  /** Mails under way at once. */
  readonly concurrency: number;
  /** Milliseconds that a claim holds; an attempt is ended after half of them. */
  readonly lease: number;
  readonly attemptLimit: number;
  readonly backOff: (attempts: number) => number;
  /** Days that rows are kept after they were done with. */
  readonly keepDays: number;
}

/** Nothing is due earlier than this after a look that found nothing: another process may hold what seemed due. */
const shortestPause = 250;
const longestTimer = 2 ** 31 - 1;
/** A process that this one replaces may leave mail behind after this one's first look. */
const looksAfterStart = [60_000, 10 * 60_000];
const troublePauses = [1_000, 5_000, 15_000, 60_000];
const stopLimit = 8_000;
const cleanInterval = 60 * 60_000;

/** Sends what is due, sleeps until the next is, and does nothing at all while nothing waits. */
export class Worker {
  readonly #settings: WorkerSettings;
  /** By whom it is for: nobody is sent two mails at once. */
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #abort = new AbortController();
  readonly #firstLooks: NodeJS.Timeout[] = [];
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #again = false;
  #troubles = 0;
  /** The mail server was away when last talked to. */
  #unreachable = false;
  #cleanedAt = 0;
  #stopping = false;

  constructor(settings: WorkerSettings) {
    this.#settings = settings;
  }

  /** Looks for what earlier processes left. */
  start(): void {
    this.wake();
    for (const pause of looksAfterStart) this.#firstLooks.push(setTimeout(() => this.wake(), pause).unref());
  }

  /** There may be something to send. */
  wake(): void {
    if (this.#stopping) return;
    this.#again = true;
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
  }

  /** Sends what is due and finishes what is under way, for 8 seconds at most; what is left is given back. */
  async stop(): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    clearTimeout(this.#timer);
    for (const timer of this.#firstLooks) clearTimeout(timer);
    const limit = new AbortController();
    const late = delay(stopLimit, undefined, { signal: limit.signal }).catch(() => {});
    await Promise.race([this.#drain(), late]);
    limit.abort();
    this.#abort.abort();
    // A database that is away is not waited for: the leases end by themselves.
    await Promise.race([this.#idle(), delay(1_000)]);
  }

  async #look(): Promise<void> {
    while (this.#again && !this.#stopping) {
      this.#again = false;
      try {
        await this.#takeDue();
        this.#troubles = 0;
      } catch (error) {
        this.#afterTrouble(error);
      }
    }
  }

  async #takeDue(): Promise<void> {
    const { outbox, concurrency, lease } = this.#settings;
    for (;;) {
      const free = concurrency - this.#underWay.size;
      // Whoever finishes wakes us.
      if (free <= 0 || this.#stopping) return;
      const mails = await outbox.claim(free, lease, [...this.#underWay.keys()]);
      for (const mail of mails) this.#begin(mail);
      if (mails.length < free) break;
    }
    this.#wakeIn(await outbox.untilNext());
  }

  #begin(mail: ClaimedMail): void {
    const sending = this.#send(mail).finally(() => {
      this.#underWay.delete(mail.recipient);
      this.wake();
    });
    this.#underWay.set(mail.recipient, sending);
  }

  async #send(mail: ClaimedMail): Promise<void> {
    const outcome = await attempt(mail, this.#settings, this.#abort.signal);
    await this.#keep(mail, outcome);
  }

  /** What became of a mail is written down even if the database is away for a moment: it would be sent again. */
  async #keep(mail: ClaimedMail, outcome: Outcome): Promise<void> {
    const { lease, log } = this.#settings;
    const until = performance.now() + lease / 2;
    for (let pause = 100; ; pause = Math.min(pause * 2, 5_000)) {
      try {
        await this.#record(mail, outcome);
        return;
      } catch (error) {
        if (performance.now() + pause > until || this.#abort.signal.aborted) {
          log.error({ err: error, mail: mail.id }, 'What became of a mail could not be stored; it may be sent twice');
          return;
        }
        await delay(pause, undefined, { ref: false });
      }
    }
  }

  async #record(mail: ClaimedMail, outcome: Outcome): Promise<void> {
    const { outbox } = this.#settings;
    switch (outcome.is) {
      case 'sent':
        await outbox.sent(mail);
        await this.#afterSuccess();
        return;
      case 'given up':
        await outbox.giveUp(mail, outcome.reason);
        return;
      case 'released':
        await outbox.release(mail);
        return;
      case 'postponed':
        this.#unreachable ||= outcome.unreachable;
        await outbox.postpone(mail, outcome);
    }
  }

  async #afterSuccess(): Promise<void> {
    const { outbox, keepDays } = this.#settings;
    if (this.#unreachable) await outbox.hurry();
    this.#unreachable = false;
    if (performance.now() - this.#cleanedAt < cleanInterval && this.#cleanedAt > 0) return;
    this.#cleanedAt = performance.now();
    await outbox.clean(keepDays);
  }

  #afterTrouble(error: unknown): void {
    const pause = troublePauses[Math.min(this.#troubles++, troublePauses.length - 1)] ?? 0;
    this.#settings.log.warn({ err: error, retryInMs: pause }, 'The outbox could not be read; mail waits');
    this.#wakeIn(pause);
  }

  #wakeIn(milliseconds: number | undefined): void {
    clearTimeout(this.#timer);
    if (milliseconds === undefined || this.#stopping) return;
    const pause = Math.min(Math.max(milliseconds, shortestPause), longestTimer);
    this.#timer = setTimeout(() => this.wake(), pause).unref();
  }

  /** Until nothing is due any more; a mail server or database that is away ends it. */
  async #drain(): Promise<void> {
    const { outbox, concurrency, lease } = this.#settings;
    await this.#looking;
    await this.#idle();
    while (!this.#unreachable && !this.#abort.signal.aborted) {
      const mails = await outbox.claim(concurrency, lease, [...this.#underWay.keys()]).catch(() => []);
      if (mails.length === 0) return;
      for (const mail of mails) this.#begin(mail);
      await this.#idle();
    }
  }

  async #idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay.values());
  }
}
