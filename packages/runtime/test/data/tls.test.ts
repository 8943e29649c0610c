import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from './database.ts';
import { makeCertificate } from './certificate.ts';

const own = makeCertificate('localhost');
const other = makeCertificate('localhost');
const folder = mkdtempSync(join(tmpdir(), 'keelson-tls-'));
const ownCa = join(folder, 'own.pem');
const otherCa = join(folder, 'other.pem');

/** Speaks PostgreSQL's TLS handshake, then refuses everyone. `received` is what came through the encrypted channel. */
let server: Server;
let port = 0;
let received = '';
let plain = '';

beforeAll(async () => {
  writeFileSync(ownCa, own.cert);
  writeFileSync(otherCa, other.cert);
  server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (request) => {
      if (request.length !== 8 || request.readUInt32BE(4) !== 80877103) {
        plain += request.toString('latin1');
        socket.destroy();
        return;
      }
      socket.write('S');
      const secure = new TLSSocket(socket, { isServer: true, key: own.key, cert: own.cert });
      secure.on('error', () => {});
      secure.on('data', (data) => {
        received += data.toString('latin1');
        secure.end(refusal());
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

async function attempt(env: Record<string, string>): Promise<unknown> {
  received = '';
  const client = await connect(env);
  try {
    return await client.db.query('select 1').catch((error: unknown) => error);
  } finally {
    await client.close();
  }
}

const url = (parameters: string) => `postgres://me:s3cret@localhost:${port}/db?${parameters}`;

describe('TLS to the database', () => {
  test('a certificate of the named authority is accepted', async () => {
    const error = await attempt({ DATABASE_URL: url(`sslmode=verify-full&sslrootcert=${ownCa}`) });
    expect(received).toContain('user');
    expect(error).toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      message: expect.stringContaining('refused the user or password'),
    });
  });

  test.for(['prefer', 'require', 'verify-ca', 'verify-full'])(
    'a wrong CA is refused with sslmode=%s, before anything is sent',
    async (mode) => {
      const error = await attempt({ DATABASE_URL: url(`sslmode=${mode}&sslrootcert=${otherCa}`) });
      expect(error).toMatchObject({
        code: 'DATABASE_UNAVAILABLE',
        message: expect.stringContaining('certificate is not trusted'),
      });
      expect(received).toBe('');
    },
  );

  test('with DATABASE_AUTH=iam only a certificate of Amazon is accepted; the token is not sent to another', async () => {
    const error = await attempt({
      DATABASE_AUTH: 'iam',
      PGHOST: 'localhost',
      PGPORT: String(port),
      PGDATABASE: 'db',
      PGUSER: 'me',
      AWS_REGION: 'eu-central-1',
      NODE_EXTRA_CA_CERTS: ownCa,
    });
    expect(error).toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      message: expect.stringContaining('certificate is not trusted'),
    });
    expect(received).toBe('');
  });

  test.for(['sslmode=no-verify', 'sslmode=allow'])(
    '%s, which would check nothing, is refused at boot',
    async (parameters) => {
      await expect(connect({ DATABASE_URL: url(parameters) })).rejects.toMatchObject({
        problems: [{ path: 'DATABASE_URL', message: expect.stringContaining('sslmode') }],
      });
    },
  );

  test('RDS is never reached without TLS', async () => {
    const address = 'postgres://me:s3cret@db.abc.eu-central-1.rds.amazonaws.com/db?sslmode=disable';
    await expect(connect({ DATABASE_URL: address })).rejects.toMatchObject({
      problems: [{ path: 'DATABASE_URL', message: expect.stringContaining('sslmode') }],
    });
  });

  test('nothing was ever sent in the clear', () => {
    expect(plain).toBe('');
  });
});

/** ErrorResponse: FATAL 28P01. */
function refusal(): Buffer {
  const fields = Buffer.from('SFATAL\0VFATAL\0C28P01\0Mpassword authentication failed\0\0', 'latin1');
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeUInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}
