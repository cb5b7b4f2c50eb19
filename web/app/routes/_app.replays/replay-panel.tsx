import { Price } from '../../components/amount.tsx';
import type { Column } from '../../components/data-table.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { ExchangeTime } from '../../components/exchange-time.tsx';
import { Panel } from '../../components/panel.tsx';
import { fillModelWords } from '../../format/fill-model.ts';
import { formatQuantity } from '../../format/money.ts';
import type { ReplayRowFragment } from '../../generated/graphql.ts';
import { useTicks } from '../../live/use-ticks.ts';
import { ReplayClock } from '../../trading/replay-clock.tsx';
import { ReplayControls } from '../../trading/replay-controls.tsx';

interface QuoteRow {
  readonly id: string;
  readonly symbol: string;
  readonly price: string | undefined;
  readonly volume: string | null | undefined;
  readonly time: string | undefined;
}

const columns: readonly Column<QuoteRow>[] = [
  { heading: 'Instrument', names: true, cell: (quote) => quote.symbol },
  { heading: 'Last price', figure: true, cell: (quote) => <Price value={quote.price} /> },
  {
    heading: 'Volume',
    figure: true,
    from: 'medium',
    cell: (quote) => (quote.volume ? formatQuantity(quote.volume) : '–'),
  },
  {
    heading: 'Time (IST)',
    figure: true,
    cell: (quote) => <ExchangeTime value={quote.time} show="time" seconds />,
  },
];

/** One replay: its clock, its controls, and the prices as they tick. */
export function ReplayPanel({ replay }: { readonly replay: ReplayRowFragment }) {
  const running = replay.state === 'RUNNING';
  const ticks = useTicks(
    running ? replay.id : undefined,
    replay.instruments.map(({ id }) => id),
  );
  const rows = replay.instruments.map(({ id, tradingSymbol }): QuoteRow => {
    const quote = replay.quotes.find(({ instrument }) => instrument.id === id);
    const tick = ticks.get(id);
    return {
      id,
      symbol: tradingSymbol,
      price: tick?.price ?? quote?.lastPrice,
      volume: tick?.volume ?? quote?.volume,
      time: tick?.time ?? quote?.time,
    };
  });

  return (
    <Panel title={replay.name} note={replay.dataset.name} flush>
      <div className="flex flex-col gap-3 px-4 pb-3">
        <ReplayClock replay={replay} />
        <ReplayControls replay={replay} />
        <p className="text-xs text-ink-soft">
          <ExchangeTime value={replay.from} /> to <ExchangeTime value={replay.to} label />
          {replay.droppedTicks !== '0' &&
            `, ${formatQuantity(replay.droppedTicks)} ticks dropped as out of order`}
          , {fillModelWords(replay.fillModel)}
        </p>
      </div>
      <DataTable
        caption={`Prices of ${replay.name}`}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
      />
    </Panel>
  );
}
