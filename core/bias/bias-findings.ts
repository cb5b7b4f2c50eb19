import type { BiasAim, BiasReport, UnplayedReason } from './bias-report.ts';

/** The examinations, in the order in which they are told. */
export const biasChecks = [
  'LOOK_AHEAD',
  'OUT_OF_SAMPLE',
  'TRADE_ORDER',
  'PERMUTATION',
  'SENSITIVITY',
] as const;
/** One of them. */
export type BiasCheck = (typeof biasChecks)[number];

/** What an examination comes to. */
export type BiasVerdict =
  /** Nothing was found that speaks against the result. */
  | 'SOUND'
  /** Reason for care. */
  | 'DOUBTFUL'
  /** The result is not to be relied on. */
  | 'FAILED'
  /** There is too little to judge by. */
  | 'UNKNOWN';

/** Why an examination comes to nothing. */
export type BiasGap =
  | UnplayedReason
  /** The rules decided nothing. */
  | 'NO_DECISIONS'
  /** The run is too short. */
  | 'FEW_BARS'
  /** Nothing was closed in the later part. */
  | 'NO_LATER_TRADES'
  /** There are fewer than two trades. */
  | 'FEW_TRADES'
  /** Too few bars, no trades, or prices that are not above zero. */
  | 'NOT_PERMUTABLE'
  /** The rules name no parameter that can be moved. */
  | 'NO_PARAMETERS'
  /** The aim is not above zero, so that it cannot be lost. */
  | 'NO_GAIN';

/** An examination in words. */
export interface BiasFinding {
  readonly check: BiasCheck;
  readonly verdict: BiasVerdict;
  /** Null unless the verdict is UNKNOWN. */
  readonly gap: BiasGap | null;
  readonly text: string;
}

/** What an examination is about, for headings. */
export const checkNames: Readonly<Record<BiasCheck, string>> = {
  LOOK_AHEAD: 'Look-ahead',
  OUT_OF_SAMPLE: 'Out of sample',
  TRADE_ORDER: 'Luck in the trades',
  PERMUTATION: 'Luck in the market',
  SENSITIVITY: 'Exact parameters',
};

/** A verdict in a word or two. */
export const verdictNames: Readonly<Record<BiasVerdict, string>> = {
  SOUND: 'sound',
  DOUBTFUL: 'doubtful',
  FAILED: 'not to be relied on',
  UNKNOWN: 'cannot be told',
};

const aimNames: Readonly<Record<BiasAim, string>> = {
  sharpeRatio: 'Sharpe ratio',
  roiPercent: 'return',
  cagrPercent: 'growth a year',
  expectancy: 'gain of a trade',
};

/** Trades below which their spread says little. */
const fewTrades = 30;

/**
 * What a report says to somebody who trades, one finding for each examination. The bounds are
 * conventions: p values of a twentieth and a fifth, half of the aim out of sample, three and seven
 * tenths of it lost beside the parameters, losses in one of twenty and of four histories.
 */
export function biasFindingsOf(report: BiasReport): readonly BiasFinding[] {
  const unplayed = report.unplayed === null ? null : cannotTell(report.unplayed);
  const findings = {
    LOOK_AHEAD: unplayed ?? lookAhead(report),
    OUT_OF_SAMPLE: unplayed ?? outOfSample(report),
    TRADE_ORDER: tradeOrder(report),
    PERMUTATION: unplayed ?? permutation(report),
    SENSITIVITY: unplayed ?? sensitivity(report),
  } satisfies Record<BiasCheck, Judgement>;
  return biasChecks.map((check) => ({ check, gap: null, ...findings[check] }));
}

interface Judgement {
  readonly verdict: BiasVerdict;
  readonly gap?: BiasGap;
  readonly text: string;
}

const gapWords = {
  NO_CANDLES:
    'No candles of its time and instruments are kept, on which its rules could be played.',
  NO_RATES: 'No rate card says what trading its instruments costs.',
  BARS_REFUSED: 'Its product cannot be traded on whole bars of its time frame.',
  RULES_UNREADABLE: 'The rules of its version cannot be read any more.',
  NO_DECISIONS: 'There is no decision to check.',
  FEW_BARS: 'The run is too short to set a part of it aside.',
  FEW_TRADES: 'There are fewer than two trades.',
  NOT_PERMUTABLE: 'There are too few bars or no trades to test against luck.',
  NO_PARAMETERS: 'The rules name no parameter that could be moved.',
} satisfies Partial<Record<BiasGap, string>>;

function cannotTell(gap: keyof typeof gapWords): Judgement {
  return { verdict: 'UNKNOWN', gap, text: gapWords[gap] };
}

function lookAhead({ lookAhead: check }: BiasReport): Judgement {
  if (check === null) return cannotTell('NO_DECISIONS');
  const { cuts, decisions, differences } = check;
  if (differences > 0) {
    const text = `At ${differences} of ${cuts} points a decision changed although only what came after it was changed. The rules know the future; nobody can trade so.`;
    return { verdict: 'FAILED', text };
  }
  if (decisions === 0) return cannotTell('NO_DECISIONS');
  const text = `Cutting off or turning around what came after changed none of ${decisions} decisions, looked at from ${cuts} points.`;
  return { verdict: 'SOUND', text };
}

function outOfSample({ samples, aim }: BiasReport): Judgement {
  if (samples === null) return cannotTell('FEW_BARS');
  const { inSample, outOfSample: rest, ratio } = samples;
  const name = aimNames[aim];
  const both = `${name} ${shown(inSample.aim)} over the first seven tenths of the run, ${shown(rest.aim)} over the rest`;
  if (rest.trades === 0) {
    const text = `Nothing was closed in the last three tenths: ${both}.`;
    return { verdict: 'UNKNOWN', gap: 'NO_LATER_TRADES', text };
  }
  if (ratio === null) {
    const text = `The first seven tenths earned nothing that the rest could confirm: ${both}.`;
    return { verdict: (rest.aim ?? 0) > 0 ? 'DOUBTFUL' : 'FAILED', text };
  }
  if (ratio <= 0) return { verdict: 'FAILED', text: `What was earned did not last: ${both}.` };
  const kept = `${percent(ratio * 100)} of it was kept`;
  return ratio < 0.5
    ? { verdict: 'DOUBTFUL', text: `It got worse, ${kept}: ${both}.` }
    : { verdict: 'SOUND', text: `It lasted, ${kept}: ${both}.` };
}

function tradeOrder({ tradeOrder: test }: BiasReport): Judgement {
  if (test === null) return cannotTell('FEW_TRADES');
  const { trades, draws, lossProbability, drawnMaxDrawdownPercent, maxDrawdownPercent } = test;
  const fall = `${percent(-drawnMaxDrawdownPercent.p5)} or more on the way, after ${percent(-maxDrawdownPercent)} in the run`;
  const text = `Of ${draws} histories drawn from its ${trades} trades, ${percent(lossProbability * 100)} end with a loss; one in twenty falls by ${fall}.`;
  if (lossProbability > 0.25) return { verdict: 'FAILED', text };
  if (trades < fewTrades) {
    return { verdict: 'DOUBTFUL', text: `${text} Fewer than ${fewTrades} trades say little.` };
  }
  return { verdict: lossProbability > 0.05 ? 'DOUBTFUL' : 'SOUND', text };
}

function permutation({ permutation: test, aim, value }: BiasReport): Judgement {
  if (test === null) return cannotTell('NOT_PERMUTABLE');
  const { permutations, pValue, aims } = test;
  const asGood = Math.round(pValue * (permutations + 1)) - 1;
  const text = `On ${asGood} of ${permutations} histories with the same moves in another order the rules do at least as well (p ${pValue.toFixed(3)}): ${aimNames[aim]} ${shown(value)} here, ${shown(aims.p50)} there in the middle.`;
  if (pValue <= 0.05) return { verdict: 'SOUND', text };
  return pValue <= 0.2
    ? { verdict: 'DOUBTFUL', text }
    : { verdict: 'FAILED', text: `${text} Luck is enough to explain it.` };
}

function sensitivity({ sensitivity: all, aim, value }: BiasReport): Judgement {
  if (all.length === 0) return cannotTell('NO_PARAMETERS');
  const idle = all.flatMap(({ name, untraded = [] }) =>
    untraded.length === 0 ? [] : `${name} at ${untraded.join(', ')}`,
  );
  const unsaid = idle.length === 0 ? '' : ` No trades there: ${idle.join('; ')}.`;
  // A parameter beside whose value nothing is traded at all is a reason for care, and no measure of it.
  const isBare = all.some(({ neighbours }) => neighbours.length === 0);
  const worst = all.reduce((a, b) => ((b.fallPercent ?? -1) > (a.fallPercent ?? -1) ? b : a));
  const { fallPercent, worstAim, neighbours } = worst;
  if (fallPercent === null) {
    if (all.every((parameter) => parameter.neighbours.length === 0)) {
      const text =
        'Beside the values of the parameters nothing is traded, so nothing can be compared.';
      return { verdict: 'DOUBTFUL', text: `${text}${unsaid}` };
    }
    const text = `There is no ${aimNames[aim]} above zero to lose.${unsaid}`;
    return { verdict: 'UNKNOWN', gap: 'NO_GAIN', text };
  }
  const there = neighbours.find((neighbour) => neighbour.aim === worstAim)?.value ?? worst.value;
  const text =
    fallPercent === 0
      ? 'No parameter beside its value does worse.'
      : `The most is lost by moving ${worst.name} from ${worst.value} to ${there}: ${aimNames[aim]} ${shown(worstAim)} in place of ${shown(value)}, ${percent(fallPercent)} less.`;
  if (fallPercent > 70) {
    return { verdict: 'FAILED', text: `${text} The result hangs on one value.${unsaid}` };
  }
  return { verdict: fallPercent > 30 || isBare ? 'DOUBTFUL' : 'SOUND', text: `${text}${unsaid}` };
}

function shown(value: number | null): string {
  return value === null ? 'none' : value.toLocaleString('en-IN', { maximumFractionDigits: 2 });
}

function percent(value: number): string {
  return `${value.toLocaleString('en-IN', { maximumFractionDigits: 1 })} %`;
}
