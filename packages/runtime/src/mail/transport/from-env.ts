import type { Boot } from '../../config/boot.ts';
import { invalid } from '../../config/problems.ts';
import { secretVariable } from '../../config/secret-variable.ts';
import { KeelsonError } from '../../errors/index.ts';
import { type MailAddress, parseMailUrl } from './mail-url.ts';
import { sesTransport } from './ses.ts';
import { smtpTransport } from './smtp.ts';
import type { MailTransport } from './transport.ts';

const name = 'MAIL_URL';
export const urlHint =
  'Write smtp://user:password@host:587, smtps://user:password@host:465 or ses://region, special characters percent-encoded.';

/** What `MAIL_URL` names; from Secrets Manager it is read anew, so a rotated password is taken. */
export function transportFromEnv(boot: Boot): MailTransport {
  const secret = secretVariable(boot, name, { description: 'where mail is handed over' });
  const direct = boot.env[name];
  if (direct && direct !== 'UNSET') {
    const parsed = parseMailUrl(direct);
    if ('problem' in parsed) boot.problem(invalid(name, parsed.problem, urlHint));
  }
  let known: { readonly text: string; readonly transport: MailTransport } | undefined;
  const current = () => {
    const text = secret.value();
    if (known?.text !== text) known = { text, transport: transportTo(usable(text), boot.env) };
    return known.transport;
  };
  return { deliver: async (mail, signal) => current().deliver(mail, signal) };
}

export function transportTo(address: MailAddress, env: Boot['env']): MailTransport {
  return address.kind === 'ses' ? sesTransport(address.region, env) : smtpTransport(address);
}

function usable(text: string): MailAddress {
  const parsed = parseMailUrl(text);
  if (!('problem' in parsed)) return parsed;
  throw new KeelsonError('SECRET_UNAVAILABLE', { detail: `${name} ${parsed.problem}`, hint: urlHint });
}
