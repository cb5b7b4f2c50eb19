import { Panel } from '../components/panel.tsx';
import type { ScopeRiskFragment } from '../generated/graphql.ts';
import type { NamedInstrument } from './instrument-names.ts';
import { LimitBars } from './limit-bars.tsx';
import { nameOfScope } from './limit-terms.ts';
import { LimitsForm } from './limits-form.tsx';

/** The limits of one scope: what is used of them on each of its feeds, and the form that sets them. */
export function ScopePanel({
  risk,
  instruments,
}: {
  readonly risk: ScopeRiskFragment;
  readonly instruments: readonly NamedInstrument[];
}) {
  const name = nameOfScope(risk.scope, risk.name);
  const used = risk.usage.filter(({ uses }) => uses.length > 0);
  return (
    <Panel title={name} note={used.length === 0 ? 'No limit is set' : undefined}>
      <div className="flex flex-col gap-4">
        {used.map(({ replaySession, uses }) => (
          <div key={replaySession?.id ?? 'none'}>
            {used.length > 1 && (
              <h3 className="mb-2 text-xs font-medium text-ink-soft">
                {replaySession?.name ?? 'Without a replay'}
              </h3>
            )}
            <LimitBars uses={uses} />
          </div>
        ))}
        <LimitsForm
          scope={risk.scope}
          subjectId={risk.subjectId ?? null}
          name={name}
          limits={risk}
          instruments={instruments}
          summary="Change limits"
          className="min-h-9 font-medium text-accent"
        />
      </div>
    </Panel>
  );
}
