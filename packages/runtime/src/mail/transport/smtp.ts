import { Socket } from 'node:net';
import { optionalPackage } from '../../config/optional-package.ts';
import { DeliveryError, smtpFailure } from '../delivery-error.ts';
import { compose } from './compose.ts';
import type { SmtpAddress } from './mail-url.ts';
import { givenUp } from './given-up.ts';
import type { MailTransport } from './transport.ts';

const connectionTimeout = 10_000;
const greetingTimeout = 10_000;
const socketTimeout = 30_000;

/** SMTP with a connection per mail: none is held while nothing is sent. TLS with a valid certificate, but on loopback. */
export function smtpTransport(address: SmtpAddress): MailTransport {
  return {
    async deliver(mail, signal) {
      const { createTransport } = await optionalPackage('MAIL_URL', 'nodemailer', () => import('nodemailer'));
      const { host, port, secure, loopback, auth } = address;
      const socket = new Socket();
      // Also before anyone listens, and after nobody does any more.
      socket.on('error', () => {});
      const given = givenUp(signal);
      given.catch(() => socket.destroy());
      const transport = createTransport({
        host,
        port,
        secure,
        socket,
        requireTLS: !secure && !loopback,
        ignoreTLS: loopback,
        tls: { minVersion: 'TLSv1.2' },
        connectionTimeout,
        greetingTimeout,
        socketTimeout,
        ...(auth ? { auth } : {}),
      });
      try {
        await Promise.race([given, transport.sendMail(compose(mail))]);
      } catch (error) {
        throw new DeliveryError(smtpFailure(error, mail.to), error);
      } finally {
        transport.close();
      }
    },
  };
}
