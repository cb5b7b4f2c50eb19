import { useEffect, useRef } from 'react';

import { CopyButton } from '../../components/copy-button.tsx';

/** Fresh recovery codes, to be kept before the screen is left. */
export function RecoveryCodes({ codes }: { readonly codes: readonly string[] }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const asText = codes.join('\n');
  return (
    <div
      ref={box}
      role="group"
      aria-label="Recovery codes"
      tabIndex={-1}
      className="flex flex-col gap-3 rounded-md border border-caution/40 bg-caution-soft p-3 text-sm"
    >
      <p className="font-semibold">Keep these recovery codes</p>
      <p className="text-ink-soft">
        Each logs you in once when your second factor is lost. They are shown now and never again.
      </p>
      <ul className="grid grid-cols-2 gap-x-4 gap-y-1 rounded border border-rule bg-sheet px-3 py-2 font-mono text-xs">
        {codes.map((code) => (
          <li key={code} className="select-all">
            {code}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-2">
        <CopyButton text={asText}>Copy all</CopyButton>
        <a
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(
            `NandaX recovery codes, each works once\n\n${asText}\n`,
          )}`}
          download="nandax-recovery-codes.txt"
          className="inline-flex min-h-9 items-center rounded-md border border-rule-strong bg-sheet px-3 text-sm font-medium hover:bg-sunk"
        >
          Download
        </a>
      </div>
    </div>
  );
}
