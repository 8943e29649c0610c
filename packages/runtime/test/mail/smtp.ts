import { once } from 'node:events';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { freePort } from '../../../../test/support/free-port.ts';

export interface ReceivedMail {
  readonly to: readonly string[];
  readonly from: string;
  /** As it arrived, line ends as `\n`. */
  readonly raw: string;
  readonly messageId: string;
}

/** A real mail server that can be ill-tempered. */
export interface TestSmtp {
  readonly url: string;
  readonly port: number;
  readonly mails: readonly ReceivedMail[];
  /** What happens at a stage; throws to refuse, with `responseCode`. */
  readonly on: { mail?: () => unknown; rcpt?: (address: string) => unknown; data?: () => unknown };
  /** Resolves when this many mails have arrived. */
  arrived(count: number): Promise<readonly ReceivedMail[]>;
  /** Closes the port; connections are reset. */
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
}

export function refusal(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}

export async function startSmtp(options: SMTPServerOptions = {}): Promise<TestSmtp> {
  const mails: ReceivedMail[] = [];
  const waiting = new Set<() => void>();
  const on: TestSmtp['on'] = {};
  const step = (action: (() => unknown) | undefined, callback: (error?: Error | null) => void) => {
    Promise.resolve()
      .then(action)
      .then(
        () => callback(),
        (error: Error) => callback(error),
      );
  };
  const create = () =>
    new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      disableReverseLookup: true,
      logger: false,
      closeTimeout: 10,
      onMailFrom: (_address, _session, callback) => step(on.mail, callback),
      onRcptTo: ({ address }, _session, callback) => step(() => on.rcpt?.(address), callback),
      onData: (stream, session, callback) => {
        let raw = '';
        stream.setEncoding('utf8').on('data', (chunk: string) => void (raw += chunk.replaceAll('\r\n', '\n')));
        stream.once('end', () => {
          step(
            async () => {
              await on.data?.();
              const { mailFrom, rcptTo } = session.envelope;
              const messageId = /^Message-ID: (.*)$/im.exec(raw)?.[1] ?? '';
              mails.push({
                from: mailFrom ? mailFrom.address : '',
                to: rcptTo.map(({ address }) => address),
                raw,
                messageId,
              });
              for (const look of waiting) look();
            },
            callback as (error?: Error | null) => void,
          );
        });
      },
      ...options,
    });
  let server: SMTPServer | undefined;
  const port = await freePort();
  const up = async () => {
    server = create();
    server.on('error', () => {});
    server.listen(port, '127.0.0.1');
    await once(server.server, 'listening');
  };
  const down = async () => {
    const closing = server;
    server = undefined;
    if (closing) await new Promise<void>((resolve) => closing.close(() => resolve()));
  };
  await up();
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    mails,
    on,
    arrived: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (mails.length < count) return;
          waiting.delete(look);
          resolve(mails);
        };
        waiting.add(look);
        look();
      }),
    down,
    up,
    close: down,
  };
}
