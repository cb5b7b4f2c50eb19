import { printExpression } from '@nandax/core/strategy/print-strategy.ts';
import type { Condition, StrategyDocument } from '@nandax/core/strategy/strategy-document.ts';

/** A condition of a document, as text. */
export interface RuleView {
  readonly direction: 'LONG' | 'SHORT';
  readonly text: string;
}

/** A document's parts as fields of their own. */
export interface DocumentView {
  /** Rupees. */
  readonly capitalPerTrade: number;
  readonly stopLossPercent: number | null;
  readonly takeProfitPercent: number | null;
  readonly maxPositions: number | null;
  readonly entryRules: readonly RuleView[];
  readonly exitRules: readonly RuleView[];
}

/** Views of a document; the document itself stays the truth. */
export function documentViewOf(document: StrategyDocument): DocumentView {
  const { capitalPerTrade, stopLossPercent, takeProfitPercent, maxPositions, long, short } =
    document;
  return {
    capitalPerTrade,
    stopLossPercent,
    takeProfitPercent,
    maxPositions,
    entryRules: [...rule('LONG', long?.entry), ...rule('SHORT', short?.entry)],
    exitRules: [...rule('LONG', long?.exit), ...rule('SHORT', short?.exit)],
  };
}

function rule(direction: RuleView['direction'], condition: Condition | undefined): RuleView[] {
  return condition === undefined ? [] : [{ direction, text: printExpression(condition) }];
}
