import { Badge } from '../components/badge.tsx';
import { ExchangeTime } from '../components/exchange-time.tsx';
import { formatQuantity, formatReading } from '../format/money.ts';
import { plainName } from '../format/names.ts';
import type { DecisionRowFragment } from '../generated/graphql.ts';

/** What an agent decided on each bar, why, and on which figures. */
export function DecisionList({
  decisions,
}: {
  readonly decisions: readonly DecisionRowFragment[];
}) {
  return (
    <ol
      aria-label="Decisions, newest first"
      tabIndex={0}
      className="max-h-[32rem] divide-y divide-rule overflow-y-auto text-sm"
    >
      {decisions.map((decision) => (
        <li key={decision.id} className="px-4 py-2">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="font-medium">
              <ExchangeTime value={decision.barTime} label />
            </span>
            {decision.trigger !== 'BAR' && <Badge>{plainName(decision.trigger)}</Badge>}
            {decision.signals.map((signal) => (
              <Badge key={`${signal.instrument.id} ${signal.action}`} tone="active">
                {`${plainName(signal.action)} ${formatQuantity(signal.quantity)} ${
                  signal.instrument.tradingSymbol
                }`}
              </Badge>
            ))}
          </div>
          <p className="mt-0.5 break-words text-ink-soft">{decision.reason}</p>
          {decision.inputs.length > 0 && (
            <dl className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5 font-mono text-xs text-ink-soft">
              {decision.inputs.map((input) => (
                <div key={`${input.instrument.id} ${input.expression}`} className="flex gap-1.5">
                  <dt>{input.expression}</dt>
                  <dd className="text-ink">
                    {input.value ? formatReading(input.value) : 'not warm yet'}
                  </dd>
                </div>
              ))}
            </dl>
          )}
        </li>
      ))}
    </ol>
  );
}
