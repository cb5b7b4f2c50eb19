import { useSearchParams } from '@remix-run/react';
import { useState } from 'react';

import { Button } from '../../components/button.tsx';
import { PasskeyIcon } from '../../components/icons.tsx';
import { Notice } from '../../components/notice.tsx';
import { useInBrowser } from '../../components/use-in-browser.ts';
import { ownPath } from '../../own-path.ts';
import { DeletedNotice } from './deleted-notice.tsx';
import { logInByPasskey, showPasskey } from './log-in-by-passkey.ts';

/** Logs in by passkey: by it alone, or as the second factor of the login that `secret` stands for. */
export function PasskeyButton({
  secret,
  emphasis = 'secondary',
}: {
  readonly secret?: string;
  readonly emphasis?: 'primary' | 'secondary';
}) {
  const inBrowser = useInBrowser();
  const [parameters] = useSearchParams();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<{ message: string; restoreUntil?: string }>();
  // A passkey is asked for by a script, so there is nothing to press without one.
  if (!inBrowser) return null;

  const logIn = async () => {
    setBusy(true);
    setFailure(undefined);
    const outcome = await (secret === undefined ? logInByPasskey() : showPasskey(secret));
    if (outcome.loggedIn) {
      // Loaded anew: nothing of whoever was logged in before stays in the page.
      window.location.assign(ownPath(parameters.get('next') ?? ''));
      return;
    }
    setBusy(false);
    setFailure(outcome);
  };
  return (
    <div className="flex flex-col gap-3">
      <Button emphasis={emphasis} disabled={busy} onClick={() => void logIn()}>
        <PasskeyIcon />
        {secret === undefined ? 'Log in with a passkey' : 'Use a passkey'}
      </Button>
      {failure?.restoreUntil !== undefined ? (
        <DeletedNotice restoreUntil={failure.restoreUntil} />
      ) : (
        failure !== undefined && <Notice tone="failure">{failure.message}</Notice>
      )}
    </div>
  );
}
