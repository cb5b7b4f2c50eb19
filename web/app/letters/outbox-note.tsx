import { Notice } from '../components/notice.tsx';

/** Where a letter is on an installation without a mail server. Empty where letters are sent. */
export function OutboxNote({ letterInOutbox }: { readonly letterInOutbox: boolean }) {
  if (!letterInOutbox) return null;
  return (
    <Notice tone="note">
      This installation has no mail server, so the letter was not sent. It lies in the outbox that
      the demo account shows.
    </Notice>
  );
}
