import type { TradingState } from '@nandax/core/risk/trading-state.ts';
import { Prisma } from '../generated/client.ts';

const states: readonly TradingState[] = ['ACTIVE', 'REDUCING', 'HALTED'];

/** How strict the row `state` of a trading state is: the greatest of several rules. */
export const strictness = Prisma.sql`
  CASE state."state" WHEN 'HALTED' THEN 2 WHEN 'REDUCING' THEN 1 ELSE 0 END`;

/** Of a row `portfolio`, its user and the platform together. */
export const strictnessOfPortfolio = Prisma.sql`(SELECT max(${strictness})
  FROM "TradingState" state
  WHERE (state."scope" = 'PORTFOLIO' AND state."scopeId" = portfolio."id"::text)
    OR (state."scope" = 'USER' AND state."scopeId" = portfolio."userId"::text)
    OR state."scope" = 'PLATFORM')`;

/** The state of a strictness; of none, where nobody set a state, ACTIVE. */
export function tradingStateOf(strict: unknown): TradingState {
  return states[Number(strict ?? 0)] ?? 'ACTIVE';
}
