import type { ReactNode } from 'react';

import { Percent, Rupees, Share } from '../../components/amount.tsx';
import { Badge } from '../../components/badge.tsx';
import type { Column } from '../../components/data-table.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { ExchangeTime } from '../../components/exchange-time.tsx';
import { Panel } from '../../components/panel.tsx';
import { formatQuantity, formatRatio } from '../../format/money.ts';
import type {
  BiasAim,
  BiasCheck,
  BiasReportFragment,
  BiasVerdict,
  SamplePartFragment,
  SpreadFragment,
} from '../../generated/graphql.ts';

const checkNames: Readonly<Record<BiasCheck, string>> = {
  LOOK_AHEAD: 'Does it know the future?',
  OUT_OF_SAMPLE: 'Does it last?',
  TRADE_ORDER: 'Was it luck with the trades?',
  PERMUTATION: 'Was it luck with the market?',
  SENSITIVITY: 'Does it hang on exact numbers?',
};

const verdicts: Readonly<
  Record<BiasVerdict, { readonly tone: 'good' | 'caution' | 'bad' | 'neutral'; name: string }>
> = {
  SOUND: { tone: 'good', name: 'Sound' },
  DOUBTFUL: { tone: 'caution', name: 'Doubtful' },
  FAILED: { tone: 'bad', name: 'Not to be relied on' },
  UNKNOWN: { tone: 'neutral', name: 'Cannot be told' },
};

const aimNames: Readonly<Record<BiasAim, string>> = {
  SHARPE_RATIO: 'Sharpe ratio',
  ROI_PERCENT: 'Return',
  CAGR_PERCENT: 'Growth a year',
  EXPECTANCY: 'Expectancy',
};

/** Whether a run deserves trust: five answers, and behind each the figures it rests on. */
export function BiasPanel({ report }: { readonly report: BiasReportFragment | null }) {
  if (report === null) {
    return (
      <Panel title="Can it be trusted?">
        <p className="text-sm text-ink-soft" role="status">
          The result is being examined for look-ahead and luck. This comes by itself; only runs from
          before December 2026 may have none.
        </p>
      </Panel>
    );
  }
  const details: Readonly<Record<BiasCheck, ReactNode>> = {
    LOOK_AHEAD: report.lookAhead?.firstDifferenceAt && (
      <p className="px-2.5">
        The first such decision is that of{' '}
        <ExchangeTime value={report.lookAhead.firstDifferenceAt} />.
      </p>
    ),
    OUT_OF_SAMPLE: report.samples && <Samples report={report} samples={report.samples} />,
    TRADE_ORDER: report.tradeOrder && <TradeOrder test={report.tradeOrder} />,
    PERMUTATION: report.permutation && (
      <SpreadTable
        caption={`${aimNames[report.aim]} on ${formatQuantity(report.permutation.permutations)} reordered markets`}
        rows={[{ name: aimNames[report.aim], spread: report.permutation.aims, own: report.value }]}
        show={(value) => formatRatio(value)}
      />
    ),
    SENSITIVITY: report.sensitivity.length > 0 && <Sensitivity report={report} />,
  };
  return (
    <Panel title="Can it be trusted?" note={report.basis.join(' ')}>
      <ul className="divide-y divide-rule">
        {report.findings.map(({ check, verdict, text }) => (
          <li
            key={check}
            className="gap-x-8 py-3 first:pt-0 last:pb-0 lg:grid lg:grid-cols-[15rem_1fr]"
          >
            <div className="flex flex-wrap content-start items-center gap-x-3 gap-y-1.5">
              <h3 className="text-sm font-medium">{checkNames[check]}</h3>
              <Badge tone={verdicts[verdict].tone}>{verdicts[verdict].name}</Badge>
            </div>
            <div>
              <p className="max-w-prose text-sm text-ink-soft max-lg:mt-1">{text}</p>
              {details[check] && (
                <details className="mt-1">
                  <summary className="cursor-pointer text-xs text-ink-soft">Figures</summary>
                  <div className="-mx-2.5 mt-2 text-sm">{details[check]}</div>
                </details>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

type SampleRow = SamplePartFragment & { readonly name: string };

function Samples({
  report,
  samples,
}: {
  readonly report: BiasReportFragment;
  readonly samples: NonNullable<BiasReportFragment['samples']>;
}) {
  const columns: readonly Column<SampleRow>[] = [
    { heading: 'Part', names: true, cell: ({ name }) => name },
    {
      heading: 'From',
      from: 'medium',
      cell: ({ from }) => <ExchangeTime value={from} />,
    },
    { heading: 'To', from: 'medium', cell: ({ to }) => <ExchangeTime value={to} /> },
    { heading: 'Trades', figure: true, cell: ({ trades }) => formatQuantity(trades) },
    { heading: aimNames[report.aim], figure: true, cell: ({ aim }) => formatRatio(aim) },
    { heading: 'Return', figure: true, cell: ({ roiPercent }) => <Percent value={roiPercent} /> },
    {
      heading: 'Drawdown',
      figure: true,
      cell: ({ maxDrawdownPercent }) => <Percent value={maxDrawdownPercent} />,
    },
    {
      heading: 'Win rate',
      figure: true,
      from: 'medium',
      cell: ({ winRate }) => <Share value={winRate} />,
    },
    {
      heading: 'Profit factor',
      figure: true,
      from: 'wide',
      cell: ({ profitFactor }) => formatRatio(profitFactor),
    },
  ];
  return (
    <DataTable
      caption="Earlier and later part"
      columns={columns}
      rows={[
        { ...samples.inSample, name: 'Earlier' },
        { ...samples.outOfSample, name: 'Later' },
      ]}
      rowKey={({ name }) => name}
    />
  );
}

function TradeOrder({ test }: { readonly test: NonNullable<BiasReportFragment['tradeOrder']> }) {
  return (
    <>
      <SpreadTable
        caption="Where the money could have ended"
        rows={[
          {
            name: 'Final equity, drawn anew',
            spread: test.drawnFinalEquity,
            own: test.finalEquity,
          },
        ]}
        show={(value) => <Rupees value={value && Number(value).toFixed(2)} />}
      />
      <SpreadTable
        caption="How deep it could have fallen"
        rows={[
          {
            name: 'Drawdown, other orders',
            spread: test.shuffledMaxDrawdownPercent,
            own: test.maxDrawdownPercent,
          },
          {
            name: 'Drawdown, drawn anew',
            spread: test.drawnMaxDrawdownPercent,
            own: test.maxDrawdownPercent,
          },
        ]}
        show={(value) => <Percent value={value} />}
      />
    </>
  );
}

interface SpreadRow {
  readonly name: string;
  readonly spread: SpreadFragment;
  /** That of the run itself. */
  readonly own: string | null | undefined;
}

function SpreadTable({
  caption,
  rows,
  show,
}: {
  readonly caption: string;
  readonly rows: readonly SpreadRow[];
  readonly show: (value: string | null | undefined) => ReactNode;
}) {
  const columns: readonly Column<SpreadRow>[] = [
    { heading: 'Of a hundred', names: true, cell: ({ name }) => name },
    { heading: '5 lie below', figure: true, cell: ({ spread }) => show(spread.p5) },
    { heading: '25', figure: true, from: 'medium', cell: ({ spread }) => show(spread.p25) },
    { heading: '50', figure: true, cell: ({ spread }) => show(spread.p50) },
    { heading: '75', figure: true, from: 'medium', cell: ({ spread }) => show(spread.p75) },
    { heading: '95', figure: true, cell: ({ spread }) => show(spread.p95) },
    { heading: 'This run', figure: true, cell: ({ own }) => show(own) },
  ];
  return <DataTable caption={caption} columns={columns} rows={rows} rowKey={({ name }) => name} />;
}

function Sensitivity({ report }: { readonly report: BiasReportFragment }) {
  return (
    <ul className="flex flex-col gap-2 px-2.5">
      {report.sensitivity.map(({ name, value, neighbours }) => (
        <li key={name} className="flex flex-wrap gap-x-4 gap-y-1">
          <span className="font-mono">{name}</span>
          {[...neighbours, { value, aim: report.value ?? null }]
            .sort((one, other) => Number(one.value) - Number(other.value))
            .map((tried) => (
              <span key={tried.value} className={tried.value === value ? 'font-semibold' : ''}>
                <span className="text-ink-soft">{tried.value}:</span> {formatRatio(tried.aim)}
              </span>
            ))}
        </li>
      ))}
    </ul>
  );
}
