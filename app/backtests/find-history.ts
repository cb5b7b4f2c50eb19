import type { FillModel } from '@nandax/core/exchange/fill-model.ts';
import { fail, succeed } from '@nandax/core/result.ts';
import type { Decimal } from 'decimal.js';
import { invalidInput, notFound, type InvalidInput } from '../failures.ts';
import type { StoreTransaction } from '../ports/store.ts';
import { refuseFillModel } from '../replay/refuse-fill-model.ts';
import { rulesOfVersion } from '../strategies/version-rules.ts';
import { checkBacktestSize } from '../tiers/check-tier-limit.ts';

/** Which strategy is to be tried on which recorded history. */
export interface AskedHistory {
  readonly userId: string;
  readonly strategyId: string;
  /** Null: the strategy's newest version. */
  readonly strategyVersionId: string | null;
  readonly datasetId: string;
  /** Null: from the dataset's first or to its last record. `to` is not itself tested. */
  readonly from: Date | null;
  readonly to: Date | null;
}

/** What a backtest and a search are asked alike: what on which history, and by which terms. */
export interface AskedTest extends AskedHistory {
  /** Rupees. */
  readonly initialCapital: Decimal;
  /** How orders fill; left out: as the parts' defaults say. */
  readonly fillModel?: FillModel;
}

/** What is wrong with the terms of a test; null: nothing. */
export function refuseTerms({ initialCapital, fillModel = {} }: AskedTest): InvalidInput | null {
  if (!initialCapital.greaterThan(0)) {
    return invalidInput('initialCapital', 'The initial capital must be above zero.');
  }
  return refuseFillModel(fillModel);
}

/**
 * Finds the version, its rules and the history that it is tried on, or says what of it there is not, is
 * not theirs or is more than their tier allows.
 */
export async function findHistory(rows: StoreTransaction, asked: AskedHistory) {
  const { userId, strategyId, strategyVersionId, datasetId } = asked;
  const version =
    strategyVersionId === null
      ? await rows.runs.latestVersion(strategyId, userId)
      : await rows.runs.versionOfUser(strategyVersionId, userId);
  if (version?.strategyId !== strategyId) {
    return fail(
      strategyVersionId === null
        ? notFound('Strategy', strategyId)
        : notFound('StrategyVersion', strategyVersionId),
    );
  }
  const dataset = await rows.runs.dataset(datasetId, userId);
  if (dataset === null) return fail(notFound('Dataset', datasetId));
  const rules = rulesOfVersion(version);
  const heard = [...rules.traded, ...rules.read];
  const missing = heard.find(({ id }) => !dataset.instrumentIds.includes(id));
  if (missing !== undefined) {
    const symbol = `${missing.exchange}:${missing.tradingSymbol}`;
    return fail(invalidInput('datasetId', `The dataset has no candles of ${symbol}.`));
  }
  const [from, to] = [asked.from ?? dataset.from, asked.to ?? dataset.to];
  if (from === null || to === null || from >= to) {
    return fail(invalidInput('to', 'The range must end after it begins.'));
  }
  const instrumentIds = heard.map(({ id }) => id);
  const tooLarge = await checkBacktestSize(rows, userId, { datasetId, instrumentIds, from, to });
  if (tooLarge !== null) return fail(tooLarge);
  return succeed({ version, rules, from, to });
}
