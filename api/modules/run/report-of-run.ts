import { runReportOf, type RunMarket, type RunReport } from '@nandax/app/runs/run-report.ts';
import { minuteCandles } from '@nandax/app/market-data/minute-candles.ts';
import type { RunMaterial, RunView, StrategyVersionView } from '@nandax/app/views/strategy.ts';
import type { Context } from '../../context.ts';

/** The rules a run is bound to. */
export async function versionOfRun(
  run: RunView,
  { loaders }: Context,
): Promise<StrategyVersionView> {
  const version = await loaders.strategyVersion.load(run.strategyVersionId);
  if (version === null) throw new Error(`run ${run.id} has no strategy version`);
  return version;
}

/** Statistics and curve of one run are asked for together; its report is made once. */
const reports = new WeakMap<RunMaterial, Promise<RunReport | null>>();

/** The report of a run; null: there is nothing of it yet. */
export async function reportOfRun(run: RunView, context: Context): Promise<RunReport | null> {
  const { loaders, ports } = context;
  const material = await loaders.materialOfRun.load(run.id);
  if (material === null) return null;
  const known = reports.get(material);
  if (known !== undefined) return known;
  const report = ports.history
    .rateCards()
    .then((rateCards) =>
      runReportOf(run.initialCapital, material, rateCards, () => marketOf(run, context)),
    );
  reports.set(material, report);
  return report;
}

/** The market of a run that trades or has traded on a replay, up to where it has come. */
async function marketOf(run: RunView, context: Context): Promise<RunMarket> {
  const { loaders, ports } = context;
  const version = await versionOfRun(run, context);
  const replay = run.feedId === null ? null : await loaders.replaySession.load(run.feedId);
  const dataset = replay === null ? null : await loaders.dataset.load(replay.datasetId);
  const instruments = (await loaders.instrumentsOfVersion.load(version.id)) ?? [];
  if (replay === null || dataset === null) throw new Error(`run ${run.id} has no replay`);
  const calendar = await ports.history.calendar(instruments[0]?.exchange ?? 'NSE');
  const until = run.rangeTo ?? replay.cursor ?? replay.rangeFrom;
  const instrumentIds = instruments.map(({ id }) => id);
  const candles = await minuteCandles(ports.history, calendar, {
    datasetId: dataset.id,
    kind: dataset.kind,
    instrumentIds,
    from: run.rangeFrom ?? replay.rangeFrom,
    to: until,
  });
  return {
    instrumentIds,
    candles,
    multipliers: instruments.map(({ multiplier }) => multiplier.toNumber()),
    calendar,
    timeFrame: version.timeFrame,
    until: until.getTime(),
  };
}
