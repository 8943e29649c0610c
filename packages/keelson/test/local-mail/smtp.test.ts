import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { describe, expect, it } from 'vitest';
import { emptyStateDir } from '../../src/local/state-dir.ts';
import { newContext, send, start, stop } from './context.ts';

describe('the inbox', () => {
  it('takes mail over SMTP and reads it', async () => {
    const part = await start(await newContext());
    await send(part.address, {
      subject: 'Grüße, Þórunn',
      text: 'Open https://app.example/confirm#a=b_c, then (https://app.example/help).',
      html: '<p>Open <a href="https://app.example/confirm#a=b_c">this</a> or <a href="https://x.example/?a=1&amp;b=2">that</a></p>',
    });
    const [mail] = part.inbox.list();
    expect(mail).toMatchObject({ to: ['ann@example.org'], from: 'no-reply@hello.localhost', subject: 'Grüße, Þórunn' });
    expect(await part.inbox.read(mail?.id ?? '')).toMatchObject({
      from: 'hello <no-reply@hello.localhost>',
      to: 'ann@example.org',
      links: ['https://app.example/confirm#a=b_c', 'https://app.example/help', 'https://x.example/?a=1&b=2'],
    });
  });

  it('gives the service its side of the contract', async () => {
    const part = await start(await newContext(), 'no-reply@{domain}');
    expect(part.env).toEqual({ MAIL_URL: part.address, MAIL_FROM: 'no-reply@hello.localhost' });
    const other = await start(await newContext(), '{app}@example.com');
    expect(other.env['MAIL_FROM']).toBe('hello@example.com');
    expect(other.address).not.toBe(part.address);
    const own = await start(await newContext({ MAIL_FROM: 'Me <me@example.com>' }));
    expect(own.env['MAIL_FROM']).toBe('Me <me@example.com>');
  });

  it('takes the next port when its own is in use, and says that once: in what runs where', async () => {
    const first = await start(await newContext(), undefined, { port: 0 });
    expect(first.movedFrom).toBeUndefined();
    const port = Number(new URL(first.address).port);
    const context = await newContext();
    const second = await start(context, undefined, { port });
    expect(second.movedFrom).toBe(port);
    expect(context.lines).toEqual([]);
    await send(second.address, { subject: 'here', text: 'x' });
    expect(second.inbox.list()).toHaveLength(1);
  });

  it('keeps mail for the next run; a file that is broken is left out; --fresh empties it', async () => {
    const context = await newContext();
    const first = await start(context);
    await send(first.address, { subject: 'kept', text: 'x' });
    await stop(first);
    await writeFile(join(context.stateDir, 'mail', 'mail', 'zzzzzzzzz-00000000.json'), '{"id":"../../x"}');
    const second = await start(context);
    expect(second.inbox.list().map(({ subject }) => subject)).toEqual(['kept']);
    expect(context.lines.join()).toContain('zzzzzzzzz-00000000.json');
    await stop(second);
    await emptyStateDir({ path: context.stateDir, release: () => {} }, context.app);
    expect((await start(context)).inbox.list()).toEqual([]);
  });

  it('keeps the newest 200', async () => {
    const part = await start(await newContext());
    const transport = createTransport({
      url: part.address,
      pool: true,
      maxConnections: 1,
      maxMessages: Infinity,
    } as never);
    for (let n = 1; n <= 203; n++) {
      await transport.sendMail({ from: 'a@example.org', to: 'b@example.org', subject: `no. ${n}`, text: 'x' });
    }
    transport.close();
    const subjects = part.inbox.list().map(({ subject }) => subject);
    expect(subjects).toHaveLength(200);
    expect([subjects[0], subjects.at(-1)]).toEqual(['no. 203', 'no. 4']);
  });

  it('refuses a mail of more than 10 MB, and goes on', async () => {
    const part = await start(await newContext());
    const large = { filename: 'x.bin', content: Buffer.alloc(8 * 1024 * 1024) };
    await expect(send(part.address, { text: 'x', attachments: [large] })).rejects.toMatchObject({ responseCode: 552 });
    await send(part.address, { subject: 'small', text: 'x' });
    expect(part.inbox.list().map(({ subject }) => subject)).toEqual(['small']);
  });

  it('survives a client that goes away in mid-mail', async () => {
    const part = await start(await newContext());
    const { port } = new URL(part.address);
    const socket = connect(Number(port), '127.0.0.1');
    await once(socket, 'data');
    const say = async (line: string) => {
      socket.write(`${line}\r\n`);
      await once(socket, 'data');
    };
    await say('HELO me');
    await say('MAIL FROM:<a@example.org>');
    await say('RCPT TO:<b@example.org>');
    await say('DATA');
    socket.write('Subject: half');
    socket.resetAndDestroy();
    await send(part.address, { subject: 'whole', text: 'x' });
    expect(part.inbox.list().map(({ subject }) => subject)).toEqual(['whole']);
  });

  it('a web page cannot write into it: a request that a browser sends is no SMTP', async () => {
    const part = await start(await newContext());
    const body =
      'HELO me\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\nSubject: hi\r\n\r\nhi\r\n.\r\n';
    const url = part.address.replace('smtp:', 'http:');
    await expect(fetch(url, { method: 'POST', body })).rejects.toThrow();
    await send(part.address, { subject: 'ours', text: 'x' });
    expect(part.inbox.list().map(({ subject }) => subject)).toEqual(['ours']);
  });

  it('is reached from this machine alone', async () => {
    const part = await start(await newContext());
    const port = Number(new URL(part.address).port);
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find(({ internal, family }) => !internal && family === 'IPv4');
    const refused = (host: string) =>
      new Promise((resolve) => {
        const socket = connect(port, host, () => resolve('connected'));
        socket.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code));
      });
    // Any other address of this machine, 127.0.0.2 at the least.
    expect(await refused(outside?.address ?? '127.0.0.2')).not.toBe('connected');
  });
});

describe('mail never leaves the machine', () => {
  it.each(['smtp://user:geheim@mail.example.com', 'ses://eu-central-1', 'smtp://127.0.0.1.evil.example', 'nonsense'])(
    'MAIL_URL %s is refused, without repeating it',
    async (url) => {
      const failure = await start(await newContext({ MAIL_URL: url })).catch((error: unknown) => error);
      expect(failure).toMatchObject({
        problems: [{ path: 'MAIL_URL', hint: expect.stringContaining('KEELSON_SEND_MAIL=1') }],
      });
      expect(String(failure)).not.toContain('geheim');
    },
  );

  it('a secret in Secrets Manager is refused as well', async () => {
    const context = await newContext({ MAIL_URL_SECRET_ARN: 'arn:aws:secretsmanager:eu-central-1:1:secret:mail' });
    await expect(start(context)).rejects.toMatchObject({ problems: [{ path: 'MAIL_URL_SECRET_ARN' }] });
  });

  it('unless KEELSON_SEND_MAIL=1 says so, or the server is on this machine', async () => {
    const url = 'smtp://user:geheim@mail.example.com:2525';
    const said = await start(await newContext({ MAIL_URL: url, KEELSON_SEND_MAIL: '1' }));
    expect(said.env['MAIL_URL']).toBe(url);
    expect([said.address, said.inbox]).toEqual(['smtp://mail.example.com:2525', undefined]);
    const own = await start(await newContext({ MAIL_URL: 'smtp://localhost:2500' }));
    expect(own.env['MAIL_URL']).toBe('smtp://localhost:2500');
  });
});
