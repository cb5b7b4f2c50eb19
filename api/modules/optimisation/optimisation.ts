import { Float, Int, ObjectType } from 'type-graphql';
import type { OptimisationView } from '@nandax/app/views/strategy.ts';
import { Visible } from '../../access/declare.ts';
import { OWNER, WITH_PARENT } from '../../access/rules.ts';
import { connectionOf } from '../../relay/connection.ts';
import { Node } from '../../relay/node.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { DateTime, Money } from '../../scalars/scalars.ts';
import { FillModel } from '../replay/fill-model.ts';
import { TrialStatistic } from './statistic.ts';

export const OptimisationStatus = enumOf(
  'OptimisationStatus',
  'Where in its life an optimisation is.',
  {
    QUEUED: 'Waiting for its turn.',
    RUNNING: 'Under way.',
    COMPLETED: 'All trials are done.',
    CANCELLED: 'Ended by its user; the trials so far stay.',
    FAILED: 'Ended by a fault; the reason is told.',
  } satisfies Record<OptimisationView['status'], string>,
);

export const OptimisationSearch = enumOf('OptimisationSearch', 'How points to try are chosen.', {
  GRID: 'Every point that fulfils the constraints.',
  RANDOM: 'Random points, none of them twice.',
  GUIDED: 'Points that the trials so far make likely, by a tree-structured Parzen estimator.',
} satisfies Record<OptimisationView['search'], string>);

export const AimDirection = enumOf('AimDirection', 'What is better of a statistic.', {
  MAXIMISE: 'More.',
  MINIMISE: 'Less.',
} satisfies Record<OptimisationView['direction'], string>);

export const WalkForwardKind = enumOf('WalkForwardKind', 'How windows move on.', {
  ROLLING: 'What is searched keeps its length.',
  ANCHORED: 'What is searched always begins with the first bar.',
} satisfies Record<NonNullable<OptimisationView['walkForward']>, string>);

@ObjectType({ description: 'A search of the parameters of a strategy version.', implements: Node })
export class Optimisation implements Partial<OptimisationView> {
  @Visible(OWNER, () => OptimisationStatus, 'Where in its life it is.')
  status!: OptimisationView['status'];

  @Visible(OWNER, () => Money, 'Rupees that each trial begins with.')
  initialCapital!: OptimisationView['initialCapital'];

  @Visible(OWNER, () => FillModel, 'How orders of its trials fill, as far as whole bars can tell.')
  fillModel!: OptimisationView['fillModel'];

  @Visible(OWNER, () => AimDirection, 'What is better of the aim.')
  direction!: OptimisationView['direction'];

  @Visible(OWNER, () => OptimisationSearch, 'How points to try are chosen.')
  search!: OptimisationView['search'];

  @Visible(OWNER, () => Int, 'Start of its random numbers; the same one gives the same trials.')
  seed!: number;

  @Visible(OWNER, () => Int, 'Most trials of one search; each window of a walk is one more.')
  trialLimit!: number;

  @Visible(OWNER, () => [String], 'Conditions that parameters and trials have to fulfil.')
  constraints!: OptimisationView['constraints'];

  @Visible(OWNER, () => WalkForwardKind, 'How windows move on; null: nothing is walked forward.', {
    nullable: true,
  })
  walkForward!: OptimisationView['walkForward'];

  @Visible(OWNER, () => Int, 'Bars that a window searches; null with `walkForward`.', {
    nullable: true,
  })
  inSampleBars!: number | null;

  @Visible(
    OWNER,
    () => Int,
    'Bars after them on which the best is tried; null with `walkForward`.',
    {
      nullable: true,
    },
  )
  outOfSampleBars!: number | null;

  @Visible(OWNER, () => Int, 'Trials that are done, of all searches together.')
  trialsDone!: number;

  @Visible(OWNER, () => Int, 'Trials that there will be at most; null: not known yet.', {
    nullable: true,
  })
  trialsPlanned!: number | null;

  @Visible(OWNER, () => [String], 'What its figures rest on, in words; empty until it is done.')
  caveats!: OptimisationView['caveats'];

  @Visible(OWNER, () => String, 'Why it failed; null: it did not.', { nullable: true })
  failureReason!: string | null;

  @Visible(OWNER, () => DateTime, 'When it was made, by the wall clock.')
  createdAt!: Date;

  @Visible(OWNER, () => DateTime, 'When it began, by the wall clock; null: it waits.', {
    nullable: true,
  })
  startedAt!: Date | null;

  @Visible(OWNER, () => DateTime, 'When it ended, by the wall clock; null: it has not.', {
    nullable: true,
  })
  endedAt!: Date | null;
}

@ObjectType({ description: 'A parameter that is searched.' })
export class SearchedParameter {
  @Visible(WITH_PARENT, () => String, 'Its name in the rules.')
  name!: string;

  @Visible(WITH_PARENT, () => Float, 'The lowest value tried.')
  minimum!: number;

  @Visible(WITH_PARENT, () => Float, 'The highest value tried.')
  maximum!: number;

  @Visible(WITH_PARENT, () => Float, 'From one value to the next.')
  step!: number;

  @Visible(WITH_PARENT, () => Int, 'How many values there are.')
  values!: number;
}

@ObjectType({ description: 'A parameter and the value that a trial gave it.' })
export class TrialParameter {
  @Visible(WITH_PARENT, () => String, 'Its name in the rules.')
  name!: string;

  @Visible(WITH_PARENT, () => Float, 'Its value.')
  value!: number;
}

@ObjectType({ description: 'A statistic of a trial.' })
export class TrialFigure {
  @Visible(WITH_PARENT, () => TrialStatistic, 'Which one.')
  name!: keyof typeof TrialStatistic;

  @Visible(WITH_PARENT, () => Float, 'Its value; null: it does not exist.', { nullable: true })
  value!: number | null;
}

@ObjectType({ description: 'One set of parameters that was tried over the whole range.' })
export class Trial {
  @Visible(WITH_PARENT, () => Int, 'Its number in the search, from 0.')
  number!: number;

  @Visible(WITH_PARENT, () => [TrialParameter], 'All parameters, in the order of the rules.')
  parameters!: readonly TrialParameter[];

  @Visible(WITH_PARENT, () => Float, 'What it gave of the aim; null: nothing.', { nullable: true })
  aim!: number | null;

  @Visible(WITH_PARENT, () => [TrialFigure], 'All its figures; empty: it could not run.')
  statistics!: readonly TrialFigure[];

  @Visible(WITH_PARENT, () => String, 'Why it could not run; null: it did.', { nullable: true })
  refusal!: string | null;
}

export const TrialOrder = enumOf('TrialOrder', 'How trials are sorted.', {
  BEST_FIRST: 'By the aim, the best first, those without a value last.',
  WORST_FIRST: 'The other way round.',
  AS_TRIED: 'By their number.',
});

export const HeatMapFold = enumOf('HeatMapFold', 'What stands for all trials of a cell.', {
  BEST: 'The best of them.',
  MEAN: 'Their mean.',
});

@ObjectType({ description: 'One or more neighbouring values along an edge of a heat map.' })
export class HeatMapPart {
  @Visible(WITH_PARENT, () => Float, 'The lowest of them.')
  from!: number;

  @Visible(WITH_PARENT, () => Float, 'The highest of them.')
  to!: number;
}

@ObjectType({ description: 'The trials with parameters in one part of both edges.' })
export class HeatMapCell {
  @Visible(WITH_PARENT, () => Int, 'Its column, from 0.')
  x!: number;

  @Visible(WITH_PARENT, () => Int, 'Its row, from 0.')
  y!: number;

  @Visible(WITH_PARENT, () => Float, 'The aim; null: none of them has one.', { nullable: true })
  value!: number | null;

  @Visible(WITH_PARENT, () => Int, 'How many trials there are.')
  trials!: number;
}

@ObjectType({ description: 'The aim over two parameters.' })
export class HeatMap {
  @Visible(WITH_PARENT, () => String, 'Name of the parameter across.')
  xParameter!: string;

  @Visible(WITH_PARENT, () => String, 'Name of the parameter up.')
  yParameter!: string;

  @Visible(WITH_PARENT, () => [HeatMapPart], 'Values of the first, rising: the columns.')
  x!: readonly HeatMapPart[];

  @Visible(WITH_PARENT, () => [HeatMapPart], 'Values of the second, rising: the rows.')
  y!: readonly HeatMapPart[];

  @Visible(WITH_PARENT, () => [HeatMapCell], 'The cells that hold a trial.')
  cells!: readonly HeatMapCell[];
}

@ObjectType({ description: 'A window that was searched, and how the best of it did afterwards.' })
export class WalkForwardWindow {
  @Visible(WITH_PARENT, () => DateTime, 'End of the first bar that was searched, market time.')
  inSampleFrom!: Date;

  @Visible(WITH_PARENT, () => DateTime, 'End of the first bar out of sample, market time.')
  outOfSampleFrom!: Date;

  @Visible(WITH_PARENT, () => DateTime, 'End of the last bar out of sample, market time.')
  outOfSampleTo!: Date;

  @Visible(WITH_PARENT, () => [TrialParameter], 'The best parameters in sample; empty: none.')
  parameters!: readonly TrialParameter[];

  @Visible(WITH_PARENT, () => Float, 'The aim in sample; null: there is none.', { nullable: true })
  inSampleAim!: number | null;

  @Visible(WITH_PARENT, () => Float, 'The aim out of sample; null: there is none.', {
    nullable: true,
  })
  outOfSampleAim!: number | null;

  @Visible(
    WITH_PARENT,
    () => Float,
    'Annual growth out of sample over that in sample; null: the latter is not above zero.',
    { nullable: true },
  )
  efficiency!: number | null;
}

@ObjectType({ description: 'What the best of each window gave on bars that no search had seen.' })
export class WalkForwardResult {
  @Visible(WITH_PARENT, () => [WalkForwardWindow], 'The windows in the order of time.')
  windows!: readonly WalkForwardWindow[];

  @Visible(
    WITH_PARENT,
    () => Float,
    'Annual growth out of sample over the mean of that in sample; null: the latter is not above zero.',
    { nullable: true },
  )
  efficiency!: number | null;

  @Visible(WITH_PARENT, () => Float, 'Growth out of sample in percent; null: no bar.', {
    nullable: true,
  })
  roiPercent!: number | null;

  @Visible(WITH_PARENT, () => Float, 'Growth out of sample in percent a year; null: no bar.', {
    nullable: true,
  })
  cagrPercent!: number | null;

  @Visible(WITH_PARENT, () => Float, 'Sharpe ratio out of sample; null: it does not exist.', {
    nullable: true,
  })
  sharpeRatio!: number | null;

  @Visible(
    WITH_PARENT,
    () => Float,
    'The deepest drawdown out of sample in percent; null: no bar.',
    {
      nullable: true,
    },
  )
  maxDrawdownPercent!: number | null;
}

export const OptimisationConnection = connectionOf('Optimisation', () => Optimisation);
export const TrialConnection = connectionOf('Trial', () => Trial);
