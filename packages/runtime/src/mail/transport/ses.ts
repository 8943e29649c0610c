import type { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { Env } from '../../config/boot.ts';
import { optionalPackage } from '../../config/optional-package.ts';
import { DeliveryError, sesFailure } from '../delivery-error.ts';
import { automatic, compose } from './compose.ts';
import { givenUp } from './given-up.ts';
import type { MailTransport } from './transport.ts';

const connectionTimeout = 5_000;
const requestTimeout = 15_000;

/**
 * Amazon SES, API version 2 (`SendEmail` with a raw message), with the credentials of the process. SES writes a `Message-ID`
 * of its own: a mail that is sent a second time is recognised by `X-Keelson-Message-ID`.
 */
export function sesTransport(region: string, env: Env): MailTransport {
  let client: SESv2Client | undefined;
  return {
    async deliver(mail, signal) {
      const [{ createTransport }, sdk] = await Promise.all([
        optionalPackage('MAIL_URL', 'nodemailer', () => import('nodemailer')),
        optionalPackage('MAIL_URL', '@aws-sdk/client-sesv2', () => import('@aws-sdk/client-sesv2')),
      ]);
      const endpoint = env['AWS_ENDPOINT_URL_SESV2'] ?? env['AWS_ENDPOINT_URL'];
      client ??= new sdk.SESv2Client({
        region,
        // The outbox repeats; a second attempt here would only send twice more often.
        maxAttempts: 1,
        requestHandler: { connectionTimeout, requestTimeout },
        ...(endpoint ? { endpoint } : {}),
      });
      const own = client;
      const sesClient = {
        config: own.config,
        send: (command: unknown) => own.send(command as SendEmailCommand, { abortSignal: signal }),
      };
      const transport = createTransport({ SES: { sesClient, SendEmailCommand: sdk.SendEmailCommand } });
      try {
        const sending = transport.sendMail({
          ...compose(mail),
          headers: { ...automatic, 'X-Keelson-Message-ID': mail.messageId },
        });
        await Promise.race([givenUp(signal), sending]);
      } catch (error) {
        throw new DeliveryError(sesFailure(error, mail.to), error);
      }
    },
  };
}
