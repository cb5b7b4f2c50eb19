import { text } from 'node:stream/consumers';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { Inbox } from '../setup/deferred.ts';

/** A letter as it came over the wire. */
export interface ReceivedLetter {
  readonly from: string;
  readonly to: readonly string[];
  /** As it was sent, with its headers. */
  readonly raw: string;
  /** The text for people. */
  readonly body: string;
}

/** A mail server that keeps what it is given. */
export interface MailServer {
  readonly url: string;
  readonly inbox: Inbox<ReceivedLetter>;
  /** From now on recipients are refused in these words, with this SMTP code; null: taken. */
  refuse(refusal: { readonly code: number; readonly words: string } | null): void;
  close(): Promise<void>;
}

/** A real SMTP server on this machine, without encryption and login. */
export async function startMailServer(): Promise<MailServer> {
  const inbox = new Inbox<ReceivedLetter>();
  let refusal: { readonly code: number; readonly words: string } | null = null;
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo(address, _session, done) {
      if (refusal === null) done();
      else done(Object.assign(new Error(refusal.words), { responseCode: refusal.code }));
    },
    onData(stream, { envelope }, done) {
      void text(stream).then((raw) => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        const to = envelope.rcptTo.map(({ address }) => address);
        inbox.take({ from, to, raw, body: bodyOf(raw) });
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    inbox,
    refuse: (next) => (refusal = next),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The body of a letter of one part, out of quoted-printable where it is written so. */
function bodyOf(raw: string): string {
  const end = raw.indexOf('\r\n\r\n');
  const body = raw.slice(end + 4);
  if (!/^content-transfer-encoding: quoted-printable/im.test(raw.slice(0, end))) return body;
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
