import { ExchangeTime } from '../../components/exchange-time.tsx';
import { Notice } from '../../components/notice.tsx';
import { TextLink } from '../../components/text-link.tsx';

/** The password is right and the account deleted: the way back. */
export function DeletedNotice({ restoreUntil }: { readonly restoreUntil: string }) {
  return (
    <Notice tone="failure">
      This account was deleted. You can have it back until{' '}
      <ExchangeTime value={restoreUntil} label />.{' '}
      <TextLink to="/restore">Restore the account</TextLink>
    </Notice>
  );
}
