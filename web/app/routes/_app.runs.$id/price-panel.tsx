import { useEffect, useState } from 'react';
import { useQuery } from 'urql';

import { CandleChart } from '../../components/candle-chart.tsx';
import { controlClass } from '../../components/field.tsx';
import { useInBrowser } from '../../components/use-in-browser.ts';
import { Panel } from '../../components/panel.tsx';
import { barsName } from '../../format/names.ts';
import type { RunScreenQuery } from '../../generated/graphql.ts';
import { RunCandlesDocument } from '../../generated/graphql.ts';

const noCandles: readonly never[] = [];

/** The candles of the run's range, one instrument at a time, with its trades marked. */
export function PricePanel({ run }: { readonly run: NonNullable<RunScreenQuery['run']> }) {
  const { instruments, timeFrame } = run.strategyVersion;
  const [chosenId, setChosenId] = useState<string | undefined>(instruments[0]?.id);
  const inBrowser = useInBrowser();

  const [{ data, fetching }, ask] = useQuery({
    query: RunCandlesDocument,
    variables: { id: run.id, instrumentId: chosenId ?? '' },
    pause: !inBrowser || chosenId === undefined,
    requestPolicy: 'cache-and-network',
  });

  // A run at work sees new candles: ask for them whenever its screen was loaded anew.
  const { equityCurve } = run;
  useEffect(() => {
    ask();
  }, [ask, equityCurve]);

  const instrument = instruments.find(({ id }) => id === chosenId);
  const candles = data?.run?.candles ?? noCandles;
  return (
    <Panel
      title="Price and trades"
      note={`${barsName(timeFrame)}, IST`}
      actions={
        instruments.length > 1 && (
          <select
            aria-label="Instrument of the chart"
            value={chosenId}
            onChange={(event) => {
              setChosenId(event.target.value);
            }}
            className={`${controlClass} w-auto`}
          >
            {instruments.map(({ id, tradingSymbol }) => (
              <option key={id} value={id}>
                {tradingSymbol}
              </option>
            ))}
          </select>
        )
      }
    >
      {candles.length === 0 && !fetching && inBrowser ? (
        <p className="text-sm text-ink-soft">No candles in the range of this run so far.</p>
      ) : (
        <CandleChart
          label={instrument?.tradingSymbol ?? 'Price'}
          candles={candles}
          trades={run.trades.nodes.filter((trade) => trade.instrument.id === chosenId)}
        />
      )}
    </Panel>
  );
}
