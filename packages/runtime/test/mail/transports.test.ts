import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { ConfigError } from '../../src/errors/index.ts';
import { createMailer, DeliveryError } from '../../src/mail/index.ts';
import { parseMailUrl, type SmtpAddress } from '../../src/mail/transport/mail-url.ts';
import { sesTransport } from '../../src/mail/transport/ses.ts';
import { smtpTransport } from '../../src/mail/transport/smtp.ts';
import { makeCertificate } from '../data/certificate.ts';
import { startSmtp, type TestSmtp } from './smtp.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const mail = {
  from: { name: 'Example, Inc. "x"', address: 'no-reply@example.com' },
  to: 'ann@example.org',
  subject: 'Grüße',
  text: 'hello',
  html: '<p>hello</p>',
  messageId: '<one@example.com>',
  date: new Date('2026-01-31T12:00:00Z'),
};

function deliver(address: Omit<SmtpAddress, 'kind'>, signal = AbortSignal.timeout(30_000)) {
  return smtpTransport({ kind: 'smtp', ...address }).deliver(mail, signal);
}

async function server(options: Parameters<typeof startSmtp>[0]): Promise<TestSmtp> {
  const smtp = await startSmtp(options);
  closers.push(smtp.close);
  return smtp;
}

const failure = (promise: Promise<void>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('SMTP', () => {
  test('a server elsewhere must speak TLS: one that does not gets no mail and no password', async () => {
    const commands: string[] = [];
    const smtp = await server({
      onAuth: (_auth, _session, done) => (commands.push('AUTH'), done(null, { user: 'u' })),
    });
    const address = { host: '127.0.0.1', port: smtp.port, secure: false, auth: { user: 'u', pass: 'geheim' } };
    const error = await failure(deliver({ ...address, loopback: false }));
    expect(error).toMatchObject({ permanent: false, unreachable: true });
    expect(String(error)).not.toContain('geheim');
    expect([commands, smtp.mails]).toEqual([[], []]);
  });

  test.each([
    ['STARTTLS', false],
    ['TLS from the first byte', true],
  ])('%s: a certificate that nobody vouches for is refused', async (_, secure) => {
    const { key, cert } = makeCertificate('localhost');
    const smtp = await server({ key, cert, secure, disabledCommands: [] });
    const error = await failure(deliver({ host: 'localhost', port: smtp.port, secure, loopback: false }));
    expect(error).toMatchObject({ permanent: false, unreachable: true, reason: expect.stringMatching(/self.signed/) });
    expect(smtp.mails).toEqual([]);
  });

  test('a sign-in that is refused keeps mail waiting, and is not repeated in the reason', async () => {
    const smtp = await server({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ password }, _session, done) => done(new Error(`535 wrong: ${password}`)),
    });
    const auth = { user: 'u', pass: 'geheim' };
    const error = await failure(deliver({ host: '127.0.0.1', port: smtp.port, secure: false, loopback: true, auth }));
    expect(error).toBeInstanceOf(DeliveryError);
    expect(error).toMatchObject({ permanent: false, unreachable: true });
    expect((error as DeliveryError).reason).not.toContain('geheim');
  });

  test('an attempt that is ended closes its connection', async () => {
    const smtp = await server({});
    const ended = new AbortController();
    smtp.on.data = () => ended.abort();
    const address = { host: '127.0.0.1', port: smtp.port, secure: false, loopback: true };
    expect(await failure(deliver(address, ended.signal))).toMatchObject({ permanent: false });
    expect(await failure(deliver(address, AbortSignal.abort()))).toMatchObject({ permanent: false });
  });

  test('a display name is quoted or encoded, never parsed', async () => {
    const smtp = await server({});
    await deliver({ host: '127.0.0.1', port: smtp.port, secure: false, loopback: true });
    expect(smtp.mails[0]?.raw).toContain('From: "Example, Inc. \\"x\\"" <no-reply@example.com>\n');
    expect(smtp.mails[0]?.to).toEqual(['ann@example.org']);
  });
});

describe('MAIL_URL', () => {
  test.each([
    ['smtp://mail.example.com', { host: 'mail.example.com', port: 587, secure: false, loopback: false }],
    ['smtps://u%40x:p%2Fw@mail.example.com', { port: 465, secure: true, auth: { user: 'u@x', pass: 'p/w' } }],
    ['smtp://127.0.0.1:1025', { port: 1025, loopback: true }],
    ['smtp://[::1]:1025', { host: '::1', loopback: true }],
    ['ses://eu-central-1', { kind: 'ses', region: 'eu-central-1' }],
  ])('%s is read', (url, expected) => expect(parseMailUrl(url)).toMatchObject(expected));

  test.each([
    'x',
    'http://a.example',
    'smtp://',
    'smtp://user@host',
    'smtp://host/path',
    'smtp://host?secure=false',
    'smtp://u:%zz@host',
    'ses://',
    'ses://mars',
    'ses://user:geheim@eu-central-1',
    'smtp://127.0.0.1.evil.example/x',
  ])('%s is refused', (url) => expect(parseMailUrl(url)).toEqual({ problem: expect.any(String) }));

  test('createMailer names every problem at once, and repeats no value', () => {
    const make = () => createMailer({ db: undefined as never, url: 'smtp://geheim@host', from: 'a@b, c@d' });
    expect(make).toThrow(ConfigError);
    expect(make).toThrow(/url: .*\n.*from: |url: [\s\S]*from: /);
    expect(make).not.toThrow(/geheim|c@d/);
  });
});

describe('SES', () => {
  interface Sent {
    readonly url: string | undefined;
    readonly headers: IncomingHttpHeaders;
    readonly body: Record<string, never> & { Content: { Raw: { Data: string } } };
  }

  /** Answers as API_SendEmail of SES v2 documents it. */
  async function startSes(status: number, type?: string, message = 'Email address ann@example.org is not verified') {
    const sent: Sent[] = [];
    const ses = createServer(async (request, response) => {
      let text = '';
      for await (const chunk of request) text += String(chunk);
      sent.push({ url: request.url, headers: request.headers, body: JSON.parse(text) as Sent['body'] });
      response.writeHead(status, { 'content-type': 'application/json', ...(type ? { 'x-amzn-errortype': type } : {}) });
      response.end(JSON.stringify(type ? { message } : { MessageId: 'm-1' }));
    });
    await new Promise<void>((resolve) => ses.listen(0, '127.0.0.1', resolve));
    closers.push(() => new Promise((resolve) => ses.close(() => resolve()) && ses.closeAllConnections()));
    const endpoint = `http://127.0.0.1:${(ses.address() as AddressInfo).port}`;
    return { sent, transport: sesTransport('eu-central-1', { AWS_ENDPOINT_URL_SESV2: endpoint }) };
  }

  async function withCredentials<T>(action: () => Promise<T>): Promise<T> {
    const before = { ...process.env };
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'not-one' });
    try {
      return await action();
    } finally {
      for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
    }
  }

  test('gets a raw message by SendEmail, signed for its region', async () => {
    const { sent, transport } = await startSes(200);
    await withCredentials(() => transport.deliver(mail, AbortSignal.timeout(30_000)));
    expect(sent).toHaveLength(1);
    expect(sent[0]?.url).toBe('/v2/email/outbound-emails');
    expect(sent[0]?.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIATEST\/\d{8}\/eu-central-1\/ses\//);
    expect(sent[0]?.body).toMatchObject({ Destination: { ToAddresses: ['ann@example.org'] } });
    const raw = Buffer.from(sent[0]?.body.Content.Raw.Data ?? '', 'base64').toString();
    expect(raw).toMatch(/^To: ann@example\.org\r$/m);
    expect(raw).toMatch(/^X-Keelson-Message-ID: <one@example\.com>\r$/m);
    expect(raw).toMatch(/^Subject: =\?UTF-8\?/m);
  });

  test.each([
    [400, 'MessageRejected', true],
    [400, 'BadRequestException', true],
    [400, 'MailFromDomainNotVerifiedException', false],
    [400, 'SendingPausedException', false],
    [429, 'TooManyRequestsException', false],
    [500, 'InternalServiceErrorException', false],
  ])('%i %s: refused for good is %s; asked once', async (status, type, permanent) => {
    const { sent, transport } = await startSes(status, type);
    const error = await withCredentials(() => failure(transport.deliver(mail, AbortSignal.timeout(30_000))));
    expect(error).toMatchObject({ permanent, unreachable: !permanent });
    expect((error as DeliveryError).reason).toContain(`Email address <recipient> is not verified`);
    expect(sent).toHaveLength(1);
  });

  test.each([
    ['the recipient, in the sandbox,', 'ann@example.org', false],
    ['the sender, whose domain is new,', 'no-reply@example.com', true],
  ])('waits until %s is verified', async (_, identity, unreachable) => {
    const said = `Email address is not verified. The following identities failed the check in region EU-CENTRAL-1: ${identity}`;
    const { transport } = await startSes(400, 'MessageRejected', said);
    const error = await withCredentials(() => failure(transport.deliver(mail, AbortSignal.timeout(30_000))));
    expect(error).toMatchObject({ permanent: false, unreachable });
    expect((error as DeliveryError).reason).toContain('identities failed the check');
    expect((error as DeliveryError).reason).not.toContain(identity);
  });
});
