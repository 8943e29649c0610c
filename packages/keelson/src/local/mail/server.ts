import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import type { Inbox } from './inbox.ts';

/** Bytes of one mail, attachments and all. */
const largestMail = 10 * 1024 * 1024;
const mostRecipients = 50;

/** An SMTP server that puts whatever it is given into the inbox; not listening yet. */
export function createSmtpServer(inbox: Inbox, log: (line: string) => void): SMTPServer {
  const server = new SMTPServer({
    name: 'localhost',
    banner: 'Keelson inbox',
    size: largestMail,
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    maxClients: 50,
    socketTimeout: 60_000,
    closeTimeout: 500,
    logger: false,
    onRcptTo: (_address, { envelope }, callback) =>
      callback(envelope.rcptTo.length < mostRecipients ? null : refusal(452, 'Too many recipients')),
    onData: (stream, { envelope }, callback) => {
      const { mailFrom, rcptTo } = envelope;
      const from = mailFrom ? mailFrom.address : '';
      const to = rcptTo.map(({ address }) => address);
      read(stream)
        .then((raw) => inbox.add({ from, to }, raw))
        .then(
          () => callback(),
          (error: Error) => callback(error),
        );
    },
  });
  // A client that goes away is no trouble of ours, and of a port in use whoever starts the server hears too.
  server.on('error', ({ message }) => {
    if (server.server.listening && !/ECONNRESET|EPIPE|timeout/i.test(message)) log(`The mail inbox: ${message}`);
  });
  return server;
}

async function read(stream: SMTPServerDataStream): Promise<Buffer> {
  let chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (stream.sizeExceeded) chunks = [];
    else chunks.push(chunk);
  }
  if (stream.sizeExceeded) throw refusal(552, `A mail may have ${largestMail} bytes`);
  return Buffer.concat(chunks);
}

function refusal(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}
