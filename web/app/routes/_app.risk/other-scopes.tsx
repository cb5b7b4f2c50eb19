import { Panel } from '../../components/panel.tsx';
import type { NamedInstrument } from '../../risk/instrument-names.ts';
import { nameOfScope } from '../../risk/limit-terms.ts';
import { LimitsForm } from '../../risk/limits-form.tsx';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Agents and strategies for which no limits were set yet. */
export function OtherScopes({
  limited,
  agents,
  strategies,
  instruments,
}: {
  /** Ids of those that have some. */
  readonly limited: readonly string[];
  readonly agents: readonly Named[];
  readonly strategies: readonly Named[];
  readonly instruments: readonly NamedInstrument[];
}) {
  const others = [
    ...strategies.map((one) => ({ ...one, scope: 'STRATEGY' as const })),
    ...agents.map((one) => ({ ...one, scope: 'AGENT' as const })),
  ].filter(({ id }) => !limited.includes(id));
  if (others.length === 0) return null;
  return (
    <Panel title="Without limits of their own" note="Wider limits rule them all the same">
      <ul className="flex flex-col divide-y divide-rule">
        {others.map(({ id, name, scope }) => (
          <li key={id}>
            <LimitsForm
              scope={scope}
              subjectId={id}
              name={nameOfScope(scope, name)}
              limits={null}
              instruments={instruments}
              summary={nameOfScope(scope, name)}
              className="min-h-11"
            />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
