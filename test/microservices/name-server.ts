import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** Knows one name at most; what Docker's name server does for containers. */
export interface NameServer {
  readonly port: number;
  /** IPv4 address of every name; `undefined`: there is no such name. */
  address: string | undefined;
  close(): Promise<void>;
}

/** Answers A questions over UDP (RFC 1035), with a time to live of one second. */
export async function startNameServer(): Promise<NameServer> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const server = {
    port: socket.address().port,
    address: undefined as string | undefined,
    close: async () => {
      socket.close();
      await once(socket, 'close');
    },
  };
  socket.on('message', (question, { port, address }) => {
    socket.send(server.address === undefined ? unknown(question) : known(question, server.address), port, address);
  });
  return server;
}

const [answerFlags, unknownFlags] = [0x8180, 0x8183];

/** The question with another head; what came after it (EDNS) is left out. */
function head(question: Buffer, flags: number, answers: number): Buffer {
  const end = question.indexOf(0, 12) + 5;
  const reply = Buffer.from(question.subarray(0, end));
  for (const [offset, value] of [flags, 1, answers, 0, 0].entries()) reply.writeUInt16BE(value, 2 + 2 * offset);
  return reply;
}

function unknown(question: Buffer): Buffer {
  return head(question, unknownFlags, 0);
}

function known(question: Buffer, address: string): Buffer {
  // The name of the question, type A, class IN, one second, four bytes.
  const fields = [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4];
  return Buffer.concat([head(question, answerFlags, 1), Buffer.from([...fields, ...address.split('.').map(Number)])]);
}
