import { formatExchangeTime } from '@nandax/core/calendar/exchange-time.ts';
import { biasFindingsOf } from '@nandax/core/bias/bias-findings.ts';
import { totalOfCharges } from '@nandax/core/charges/accrued-charges.ts';
import { aggregateReturns, dailyReturnsOf } from '@nandax/core/metrics/returns.ts';
import { drawdownsOf } from '@nandax/core/portfolio/equity-curve.ts';
import { snapshot } from '../events/snapshot.ts';
import { csvOf } from '../reports/csv.ts';
import { htmlReport } from '../reports/html-report.ts';
import type { ReportPage, ReportTrade } from '../reports/report-page.ts';
import { groupStatistics } from '../reports/statistic-groups.ts';
import type { TradeView } from '../views/portfolio.ts';
import type { BiasReportView, RunView, StrategyVersionView } from '../views/strategy.ts';
import type { RunReport } from './run-report.ts';

/** What a run can be taken along as. */
export type RunExportFormat = 'JSON' | 'TRADES_CSV' | 'EQUITY_CSV' | 'HTML';

/** A run with all that is known of it. */
export interface ExportedRun {
  readonly run: RunView;
  readonly strategyName: string;
  readonly version: StrategyVersionView;
  /** `NSE:INFY`, what is traded. */
  readonly instruments: readonly string[];
  readonly report: RunReport;
  readonly caveats: readonly string[];
  /** Closed and open, in the order of their entries, each with what was traded. */
  readonly trades: readonly { readonly instrument: string; readonly trade: TradeView }[];
  /** Null: it was not looked into. */
  readonly bias: BiasReportView | null;
}

/** A file. */
export interface RunExport {
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: string;
}

/** Trades that a page shows; all of them are in the other files. */
const mostTradesOfPage = 2000;

/** The run as a file. */
export function exportRun(exported: ExportedRun, format: RunExportFormat): RunExport {
  const { run, strategyName, version } = exported;
  const slug = strategyName.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const date = formatExchangeTime(run.createdAt.getTime()).slice(0, 10);
  const stem = ['nandax', run.kind.toLowerCase(), slug, `v${version.number}`, date].join('-');
  const named = stem.replaceAll(/-+/g, '-');
  switch (format) {
    case 'JSON':
      return {
        fileName: `${named}.json`,
        mediaType: 'application/json',
        content: `${JSON.stringify(jsonOf(exported), null, 1)}\n`,
      };
    case 'TRADES_CSV':
      return {
        fileName: `${named}-trades.csv`,
        mediaType: 'text/csv; charset=utf-8',
        content: tradesCsv(exported),
      };
    case 'EQUITY_CSV':
      return {
        fileName: `${named}-equity.csv`,
        mediaType: 'text/csv; charset=utf-8',
        content: equityCsv(exported),
      };
    case 'HTML':
      return {
        fileName: `${named}.html`,
        mediaType: 'text/html; charset=utf-8',
        content: htmlReport(pageOf(exported)),
      };
  }
}

/** Growth of each month that has a point, as fractions, by `YYYY-MM`. */
export function monthlyReturnsOfRun(
  { equity }: RunReport,
  initialCapital: number,
): ReadonlyMap<string, number> {
  const { days, returns } = dailyReturnsOf(equity, initialCapital);
  return aggregateReturns(returns, (day) => (days[day] ?? '').slice(0, 7));
}

const tradeNames = [
  ...['instrument', 'direction', 'product', 'status', 'quantity', 'entry_time', 'entry_price'],
  ...['entry_reason', 'exit_time', 'exit_price', 'exit_reason', 'gross_pnl', 'brokerage'],
  ...['securities_transaction_tax', 'exchange_transaction_charge', 'sebi_turnover_fee'],
  ...['stamp_duty', 'goods_and_services_tax', 'net_pnl'],
] as const;

function tradesCsv({ trades }: ExportedRun): string {
  return csvOf(
    tradeNames,
    trades.map(({ instrument, trade }) => {
      const { charges } = trade;
      return [
        ...[instrument, trade.direction, trade.product, trade.status, trade.quantity.toFixed()],
        ...[formatExchangeTime(trade.entryAt.getTime()), trade.entryPrice.toFixed()],
        trade.entryReason,
        trade.exitAt === null ? null : formatExchangeTime(trade.exitAt.getTime()),
        ...[
          trade.exitPrice?.toFixed() ?? null,
          trade.exitReason,
          trade.grossPnl?.toFixed() ?? null,
        ],
        ...[charges.brokerage, charges.securitiesTransactionTax].map((part) => part.toFixed()),
        ...[charges.exchangeTransactionCharge, charges.sebiTurnoverFee].map((part) =>
          part.toFixed(),
        ),
        ...[charges.stampDuty, charges.goodsAndServicesTax].map((part) => part.toFixed()),
        trade.grossPnl?.minus(totalOfCharges(charges)).toFixed() ?? null,
      ];
    }),
  );
}

function equityCsv({ run, report: { equity } }: ExportedRun): string {
  const drawdowns = drawdownsOf(equity, run.initialCapital.toNumber());
  return csvOf(
    ['time', 'equity', 'drawdown_percent'],
    Array.from(equity.time, (time, point) => [
      formatExchangeTime(time),
      (equity.equity[point] ?? 0).toFixed(2),
      ((drawdowns[point] ?? 0) * 100).toFixed(4),
    ]),
  );
}

function jsonOf(exported: ExportedRun): object {
  const { run, strategyName, version, instruments, report, caveats, trades, bias } = exported;
  const { kind, status, fillModel, initialCapital, rangeFrom, rangeTo } = run;
  const { length, time, equity } = report.equity;
  const drawdowns = drawdownsOf(report.equity, initialCapital.toNumber());
  return {
    run: {
      ...{ kind, status, initialCapital: initialCapital.toFixed(), fillModel, rangeFrom, rangeTo },
      ...{ createdAt: run.createdAt, endedAt: run.endedAt, caveats },
    },
    strategy: {
      ...{ name: strategyName, version: version.number, timeFrame: version.timeFrame },
      ...{ instruments, document: version.document },
    },
    statistics: snapshot(report.figures),
    monthlyReturns: Object.fromEntries(monthlyReturnsOfRun(report, initialCapital.toNumber())),
    biasReport: bias === null ? null : { ...bias, findings: biasFindingsOf(bias) },
    equity: {
      time: Array.from({ length }, (_, point) => formatExchangeTime(time[point] ?? 0)),
      equity: Array.from(equity),
      drawdown: Array.from(drawdowns),
      benchmark: report.benchmark === null ? null : Array.from(report.benchmark),
    },
    trades: trades.map(({ instrument, trade }) => ({
      ...{ instrument, direction: trade.direction, product: trade.product, status: trade.status },
      ...{ quantity: trade.quantity.toFixed(), entryAt: trade.entryAt },
      ...{ entryPrice: trade.entryPrice.toFixed(), entryReason: trade.entryReason },
      exitAt: trade.exitAt,
      ...{ exitPrice: trade.exitPrice?.toFixed() ?? null, exitReason: trade.exitReason },
      ...{ grossPnl: trade.grossPnl?.toFixed() ?? null, charges: snapshot(trade.charges) },
      netPnl: trade.grossPnl?.minus(totalOfCharges(trade.charges)).toFixed() ?? null,
    })),
  };
}

const kindNames = { BACKTEST: 'Backtest', PAPER: 'Paper run', LIVE: 'Live run' } as const;

function pageOf(exported: ExportedRun): ReportPage {
  const { run, strategyName, version, instruments, report, trades, bias } = exported;
  const { equity, figures } = report;
  const [from = '', to = ''] = [equity.time[0], equity.time.at(-1)].map((time) =>
    time === undefined ? '' : formatExchangeTime(time).slice(0, 10),
  );
  const closed = trades.filter(({ trade }) => trade.status === 'CLOSED');
  const shown = closed.slice(-mostTradesOfPage);
  const bars = version.timeFrame.toLowerCase().replace('_', ' ');
  const capital = run.initialCapital.toNumber();
  return {
    title: `${kindNames[run.kind]} of ${strategyName}`,
    notes: [
      `Version ${version.number} of the rules, ${instruments.join(', ')}, bars of ${bars}, ${from} to ${to}.`,
      ...exported.caveats,
      ...(shown.length < closed.length
        ? [`The last ${shown.length} of ${closed.length} trades are shown.`]
        : []),
    ],
    curves: {
      time: Array.from(equity.time, formatExchangeTime),
      equity: Array.from(equity.equity),
      drawdown: Array.from(drawdownsOf(equity, capital)),
      benchmark: report.benchmark === null ? null : Array.from(report.benchmark),
    },
    groups: groupStatistics({ ...figures, charges: figures.charges.total }),
    findings: bias === null ? [] : biasFindingsOf(bias),
    monthlyReturns: Object.fromEntries(monthlyReturnsOfRun(report, capital)),
    trades: shown.map(({ instrument, trade }) => tradeOfPage(instrument, trade)),
  };
}

function tradeOfPage(instrument: string, trade: TradeView): ReportTrade {
  const gross = trade.grossPnl ?? trade.entryPrice.times(0);
  const charges = totalOfCharges(trade.charges);
  const net = gross.minus(charges);
  const sign = trade.direction === 'LONG' ? 1 : -1;
  const value = trade.entryPrice.times(trade.quantity);
  return {
    instrument,
    size: trade.quantity.toNumber() * sign,
    entryTime: formatExchangeTime(trade.entryAt.getTime()),
    exitTime: formatExchangeTime(Number(trade.exitAt ?? trade.entryAt)),
    entryPrice: trade.entryPrice.toNumber(),
    exitPrice: (trade.exitPrice ?? trade.entryPrice).toNumber(),
    pnl: net.toNumber(),
    commission: charges.toNumber(),
    returnPct: value.isZero() ? 0 : net.dividedBy(value).toNumber(),
    entryReason: trade.entryReason ?? '',
    exitReason: (trade.exitReason ?? '').toLowerCase().replaceAll('_', ' '),
  };
}
