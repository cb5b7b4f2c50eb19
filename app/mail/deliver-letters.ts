import type { LetterBox, MailTransport } from '../ports/mail.ts';
import type { Clock } from '../ports/world.ts';

/** Letters of one look. */
const batch = 20;

/** Hands every letter that is due to the mail server. Returns how many were sent or put off. */
export async function deliverLetters({
  letterBox,
  mail,
  clock,
}: {
  readonly letterBox: Pick<LetterBox, 'deliver'>;
  readonly mail: MailTransport;
  readonly clock: Clock;
}): Promise<number> {
  let handled = 0;
  for (;;) {
    const now = () => clock.now();
    const some = await letterBox.deliver(batch, now, (letter) => mail.send(letter));
    handled += some;
    if (some < batch) return handled;
  }
}
