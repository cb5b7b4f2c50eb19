import { createTransport } from 'nodemailer';
import type { MailTransport } from '@nandax/app/ports/mail.ts';

export interface SmtpOptions {
  /** `smtp://` or `smtps://` with user, password, host and port; `?requireTLS=true` and the like work. */
  readonly url: string;
  /** Sender of every letter, e.g. `NandaX <no-reply@example.com>`. */
  readonly from: string;
}

/** Milliseconds, together below what a letter's transaction may take. */
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

/**
 * Letters by SMTP, over few connections that are kept open. A letter that was sent twice, because a
 * process ended in between, carries the same Message-ID both times.
 */
export function smtpTransport({ url, from }: SmtpOptions): MailTransport & { close(): void } {
  const transport = createTransport({ url, pool: true, maxConnections: 2, ...patience }, { from });
  return {
    async send({ id, to, subject, text }) {
      try {
        await transport.sendMail({
          // As an object, so that nothing in an address makes two of it.
          to: { name: '', address: to },
          subject,
          text,
          messageId: `<${id}@nandax>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
      } catch (error) {
        // Servers repeat the address in their refusals, and the reason is stored in plain text.
        const reason = error instanceof Error ? error.message : String(error);
        throw new Error(reason.replaceAll(to, 'the recipient'), { cause: error });
      }
    },
    close: () => transport.close(),
  };
}
