import { constantValue } from '@nandax/core/strategy/check/constant-value.ts';
import { parseStrategy } from '@nandax/core/strategy/parse-strategy.ts';
import { printExpression, printStrategy } from '@nandax/core/strategy/print-strategy.ts';
import type {
  Condition,
  ConstantExpression,
  PriceDistance,
  StrategyDocument,
  StrategyParameter,
} from '@nandax/core/strategy/strategy-document.ts';
import { statementNames } from '@nandax/core/strategy/language-words.ts';

/** A condition of a document, as text. */
export interface RuleView {
  readonly direction: 'LONG' | 'SHORT';
  readonly text: string;
}

/** A statement of a document beside its rules and parameters. */
export interface SettingView {
  /** Its first word, e.g. `trailing_stop`. */
  readonly name: string;
  /** The whole statement. */
  readonly text: string;
}

/** A document's parts as fields of their own, with the parameters' own values. */
export interface DocumentView {
  /** Rupees; 0 where the size of an entry follows something else. */
  readonly capitalPerTrade: number;
  /** Null also where the distance is in rupees. */
  readonly stopLossPercent: number | null;
  /** Of the last target; null also where its distance is in rupees. */
  readonly takeProfitPercent: number | null;
  readonly maxPositions: number | null;
  readonly settings: readonly SettingView[];
  readonly parameters: readonly StrategyParameter[];
  readonly entryRules: readonly RuleView[];
  readonly exitRules: readonly RuleView[];
}

/** The tree of a stored document. @throws where it cannot be read, since it was checked when it was stored. */
export function treeOf(document: string): StrategyDocument {
  const read = parseStrategy(document);
  if (!read.ok) throw new Error(`a stored document does not parse: ${read.failure[0]?.message}`);
  return read.value;
}

/** Views of a document; the document itself stays the truth. */
export function documentViewOf(document: StrategyDocument): DocumentView {
  const { sizing, stopLoss, takeProfits, maxPositions, long, short, parameters } = document;
  const values = new Map(parameters.map(({ name, value }) => [name, value]));
  const valueOf = (constant: ConstantExpression) => constantValue(constant, values);
  const percentOf = (distance: PriceDistance | null) =>
    distance?.kind === 'percent' ? valueOf(distance.percent) : null;
  return {
    capitalPerTrade: sizing.kind === 'capital' ? valueOf(sizing.rupees) : 0,
    stopLossPercent: percentOf(stopLoss),
    takeProfitPercent: percentOf(takeProfits.at(-1)?.distance ?? null),
    maxPositions: maxPositions === null ? null : valueOf(maxPositions),
    settings: settingsOf(document),
    parameters,
    entryRules: [...rule('LONG', long?.entry), ...rule('SHORT', short?.entry)],
    exitRules: [...rule('LONG', long?.exit), ...rule('SHORT', short?.exit)],
  };
}

const settingNames = new Set<string>(
  statementNames.filter((name) => name !== 'long' && name !== 'short'),
);

/** Every statement stands in a line of its own and begins with its name. */
function settingsOf(document: StrategyDocument): SettingView[] {
  return printStrategy(document)
    .split('\n')
    .map((text) => ({ name: text.split(' ', 1)[0] ?? '', text }))
    .filter(({ name }) => settingNames.has(name));
}

function rule(direction: RuleView['direction'], condition: Condition | undefined): RuleView[] {
  return condition === undefined ? [] : [{ direction, text: printExpression(condition) }];
}
