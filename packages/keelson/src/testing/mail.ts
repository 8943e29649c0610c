import type { LocalApp } from '../local/app.ts';

/** A mail that the app has sent. */
export interface SentMail {
  /** Whom it was handed over for; with several recipients the first. */
  readonly to: string;
  /** As its header says. */
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** http and https addresses in it, each once. */
  readonly links: readonly string[];
}

export interface MailWish {
  readonly to?: string;
  /** The whole subject, or a pattern. */
  readonly subject?: string | RegExp;
  /** Milliseconds to wait. @default 30_000 */
  readonly timeout?: number;
}

/** Mails as they come. Of those that were waited for each is given out once. */
export class Mails {
  readonly all: SentMail[] = [];
  readonly #given = new Set<SentMail>();
  readonly #waiting = new Set<() => void>();

  add(mail: SentMail): void {
    this.all.push(mail);
    for (const look of [...this.#waiting]) look();
  }

  next(wish: MailWish): Promise<SentMail> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = this.all.find((mail) => !this.#given.has(mail) && matches(mail, wish));
        if (!found) return;
        this.#given.add(found);
        this.#waiting.delete(look);
        clearTimeout(timer);
        resolve(found);
      };
      const giveUp = () => {
        this.#waiting.delete(look);
        const others = this.all.map(({ to, subject }) => `${to}: ${subject}`).join('; ') || 'none';
        reject(new Error(`No such mail came (${wish.to ?? 'to anyone'}). Mails so far: ${others}.`));
      };
      const timer = setTimeout(giveUp, wish.timeout ?? 30_000);
      this.#waiting.add(look);
      look();
    });
  }
}

function matches(mail: SentMail, { to, subject }: MailWish): boolean {
  if (to !== undefined && mail.to.toLowerCase() !== to.toLowerCase()) return false;
  return subject instanceof RegExp ? subject.test(mail.subject) : subject === undefined || mail.subject === subject;
}

/** Tells of every mail that arrives in the app's inbox. */
export function followMails({ parts }: LocalApp, tell: (mail: SentMail) => void): void {
  for (const { inbox } of parts.values()) {
    inbox?.follow((arrived) => {
      if (!arrived) return;
      void inbox.read(arrived.id).then((mail) => {
        if (!mail) return;
        const { from, subject, text, html, links } = mail;
        tell({ to: arrived.to[0] ?? '', from, subject, text, html, links });
      });
    });
  }
}
