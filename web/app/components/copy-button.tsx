import { useState } from 'react';

import { Button } from './button.tsx';
import { useInBrowser } from './use-in-browser.ts';

/** Puts a text into the clipboard and says so. Not there where the browser lets no page do that. */
export function CopyButton({
  text,
  children,
}: {
  readonly text: string;
  readonly children: string;
}) {
  const [said, setSaid] = useState('');
  const inBrowser = useInBrowser();
  if (!inBrowser || !window.isSecureContext) return null;
  return (
    <>
      <Button
        onClick={() => {
          navigator.clipboard.writeText(text).then(
            () => setSaid('Copied.'),
            () => setSaid('The browser did not allow it. Select the text and copy it.'),
          );
        }}
      >
        {children}
      </Button>
      <span role="status" className="text-xs text-ink-soft">
        {said}
      </span>
    </>
  );
}
