import type { BarsResult } from '@nandax/core/backtest/bars/bars-result.ts';
import { biasAims, type BiasReport } from '@nandax/core/bias/bias-report.ts';
import { examineRun } from '@nandax/core/bias/examine-run.ts';
import type { ExaminedRun } from '@nandax/core/bias/trial.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';

/** Options of the examination as they stand on the command line. */
export interface BiasFlags {
  readonly bias?: boolean;
  readonly aim?: string;
  readonly seed?: string;
}

/** Examines a run, of which `result` has all points, where that was asked for; null where it was not. A mistake names the option. */
export function examineAsked(
  { bias, aim: name, seed = '1' }: BiasFlags,
  run: Omit<ExaminedRun, 'aim' | 'seed'>,
  result: BarsResult,
): Result<BiasReport | null, string> {
  const aim = name === undefined ? 'sharpeRatio' : biasAims.find((known) => known === name);
  if (aim === undefined) return fail(`--aim ${name}: expected one of ${biasAims.join(', ')}`);
  if (!/^\d{1,9}$/.test(seed)) return fail(`--seed ${seed}: expected a whole number`);
  return succeed(bias === true ? examineRun({ ...run, aim, seed: Number(seed) }, result) : null);
}
