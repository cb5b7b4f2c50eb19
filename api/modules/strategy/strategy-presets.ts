import { ObjectType, Query, Resolver } from 'type-graphql';
import {
  describeLanguage,
  type LanguageWord as Word,
} from '@nandax/core/strategy/describe-language.ts';
import { strategyPresets, type StrategyPreset as Preset } from '@nandax/core/strategy/presets.ts';
import { Access, Visible } from '../../access/declare.ts';
import { READ, SIGNED_IN, WITH_PARENT } from '../../access/rules.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { TimeFrame } from '../dataset/candle.ts';
import { StrategyType } from './strategy.ts';

@ObjectType({ description: 'A whole strategy to begin from; its text is like any other.' })
class StrategyPreset implements Preset {
  @Visible(WITH_PARENT, () => String, 'Its name for addresses and programs, `crossover`.')
  key!: string;

  @Visible(WITH_PARENT, () => String, 'Its name for people.')
  name!: string;

  @Visible(WITH_PARENT, () => String, 'What it does, in a sentence.')
  description!: string;

  @Visible(WITH_PARENT, () => StrategyType, 'What it lives on.')
  type!: Preset['type'];

  @Visible(WITH_PARENT, () => TimeFrame, 'Length of the bars it was written for.')
  timeFrame!: Preset['timeFrame'];

  @Visible(WITH_PARENT, () => String, 'The whole strategy as text.')
  document!: string;
}

const LanguageWordKind = enumOf('LanguageWordKind', 'What kind of word a word of the rules is.', {
  STATEMENT: 'Begins a statement.',
  KEYWORD: 'Joins parts of a statement or rule.',
  FUNCTION: 'Takes arguments, and may look at more than one bar.',
  INDICATOR: 'An indicator, or a candle pattern.',
  VALUE: 'Stands for a number of the bar, the moment or the position.',
  CONSTANT: 'Stands for always the same.',
} satisfies Record<Word['kind'], string>);

@ObjectType({ description: 'A word of the rule language, for editors and their help.' })
class LanguageWord implements Word {
  @Visible(WITH_PARENT, () => String, 'The word.')
  word!: string;

  @Visible(WITH_PARENT, () => LanguageWordKind, 'What kind of word it is.')
  kind!: Word['kind'];

  @Visible(WITH_PARENT, () => String, 'How it is written, with what follows it.')
  form!: string;

  @Visible(WITH_PARENT, () => String, 'What it means.')
  meaning!: string;
}

@Resolver()
export class StrategyPresetsQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => [StrategyPreset], {
    description: 'Strategies to begin from, every type among them; create one with its document.',
  })
  strategyPresets(): readonly Preset[] {
    return strategyPresets;
  }

  @Access(SIGNED_IN, READ)
  @Query(() => [LanguageWord], { description: 'Every word of the rule language.' })
  ruleLanguage(): readonly Word[] {
    return describeLanguage();
  }
}
