import type { PositionRowFragment, ProtectionRowFragment } from '../generated/graphql.ts';
import { ExitPosition } from './exit-forms.tsx';
import { ProtectPosition } from './protect-forms.tsx';

/** What can be done to a position: let a stop rest for it, or leave it. */
export function PositionActions(of: {
  readonly portfolioId: string;
  readonly position: PositionRowFragment;
  /** The active ones, of any position. */
  readonly protections: readonly ProtectionRowFragment[];
}) {
  return (
    <span className="flex flex-wrap items-center justify-end gap-2">
      <ProtectPosition {...of} />
      <ExitPosition portfolioId={of.portfolioId} position={of.position} />
    </span>
  );
}
