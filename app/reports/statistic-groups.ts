import type { ReportPage } from './report-page.ts';
import { statisticWords } from './statistic-words.ts';

/** The statistics of a run by what they are about, in the order in which they are told. */
const groups: readonly { readonly title: string; readonly names: readonly string[] }[] = [
  {
    title: 'Result',
    names: [
      'netPnl',
      'openPnl',
      'roiPercent',
      'cagrPercent',
      'initialCapital',
      'finalEquity',
      'grossPnl',
      'charges',
    ],
  },
  {
    title: 'Risk',
    names: [
      'maxDrawdownPercent',
      'maxDrawdownPeakAt',
      'maxDrawdownTroughAt',
      'maxDrawdownRecoveredAt',
      'maxDrawdownSeconds',
      'volatilityPercent',
      'valueAtRiskPercent',
      'expectedShortfallPercent',
    ],
  },
  {
    title: 'Return for risk',
    names: ['sharpeRatio', 'sortinoRatio', 'calmarRatio', 'systemQualityNumber'],
  },
  {
    title: 'Trades',
    names: [
      'totalTrades',
      'winningTrades',
      'losingTrades',
      'winRate',
      'profitFactor',
      'expectancy',
      'averageWin',
      'averageLoss',
      'averageHoldingSeconds',
    ],
  },
  {
    title: 'Market',
    names: [
      'exposurePercent',
      'turnover',
      'buyAndHoldPercent',
      'alphaPercent',
      'alpha',
      'beta',
      'correlation',
    ],
  },
];

/** Statistics in groups; what belongs to none comes last. */
export function groupStatistics(
  statistics: Readonly<Record<string, unknown>>,
): ReportPage['groups'] {
  const known = new Set(groups.flatMap(({ names }) => names));
  const others = Object.keys(statistics).filter((name) => !known.has(name));
  return [...groups, { title: 'Statistics', names: others }].flatMap(({ title, names }) => {
    const own = names.filter((name) => Object.hasOwn(statistics, name));
    if (own.length === 0) return [];
    const figures = statisticWords(Object.fromEntries(own.map((name) => [name, statistics[name]])));
    return [{ title, figures }];
  });
}
