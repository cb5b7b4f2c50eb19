import { ObjectType } from 'type-graphql';
import type {
  BiasCheck as Check,
  BiasFinding as Finding,
  BiasGap as Gap,
  BiasVerdict as Verdict,
} from '@nandax/core/bias/bias-findings.ts';
import { Visible } from '../../access/declare.ts';
import { WITH_PARENT } from '../../access/rules.ts';
import { enumOf } from '../../scalars/enum-of.ts';

const BiasCheck = enumOf('BiasCheck', 'What an examination is about.', {
  LOOK_AHEAD: 'Whether decisions know what comes after them.',
  OUT_OF_SAMPLE: 'Whether the later part of the run is as good as the earlier.',
  TRADE_ORDER: 'What luck in the order and choice of trades could have made of them.',
  PERMUTATION: 'Whether the same moves in another order do as well.',
  SENSITIVITY: 'Whether the result hangs on exact values of parameters.',
} satisfies Record<Check, string>);

const BiasVerdict = enumOf('BiasVerdict', 'What an examination comes to.', {
  SOUND: 'Nothing was found that speaks against the result.',
  DOUBTFUL: 'There is reason for care.',
  FAILED: 'The result is not to be relied on.',
  UNKNOWN: 'There is too little to judge by.',
} satisfies Record<Verdict, string>);

const BiasGap = enumOf('BiasGap', 'Why an examination comes to nothing.', {
  NO_CANDLES: 'No candles of the run’s instruments are kept of its time.',
  NO_RATES: 'No rate card says what trading its instruments costs.',
  BARS_REFUSED: 'Its product cannot be traded on whole bars of its time frame.',
  RULES_UNREADABLE: 'Its version of the rules cannot be read any more.',
  NO_DECISIONS: 'The rules decided nothing.',
  FEW_BARS: 'The run is too short.',
  NO_LATER_TRADES: 'Nothing was closed in its later part.',
  FEW_TRADES: 'There are fewer than two trades.',
  NOT_PERMUTABLE: 'There are too few bars, no trades, or prices that are not above zero.',
  NO_PARAMETERS: 'The rules name no parameter that can be moved.',
  NO_GAIN: 'There is nothing gained that could be lost.',
} satisfies Record<Gap, string>);

@ObjectType({ description: 'An examination in words.' })
export class BiasFinding implements Finding {
  @Visible(WITH_PARENT, () => BiasCheck, 'What it is about.')
  check!: Check;

  @Visible(WITH_PARENT, () => BiasVerdict, 'What it comes to.')
  verdict!: Verdict;

  @Visible(WITH_PARENT, () => BiasGap, 'Why it cannot be told; null: it can.', { nullable: true })
  gap!: Gap | null;

  @Visible(WITH_PARENT, () => String, 'The same in words and numbers.')
  text!: string;
}
