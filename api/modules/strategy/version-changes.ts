import { Arg, Ctx, Int, ObjectType, Resolver, Root } from 'type-graphql';
import {
  compareDocuments,
  type ChangedStatement as Changed,
} from '@nandax/core/strategy/compare/compare-documents.ts';
import { compareLines, type ComparedLine } from '@nandax/core/strategy/compare/compare-lines.ts';
import { treeOf } from '@nandax/app/strategies/document-view.ts';
import type { StrategyVersionView } from '@nandax/app/views/strategy.ts';
import { Derived, Visible } from '../../access/declare.ts';
import { OWNER, WITH_PARENT } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { StrategyVersion } from './strategy.ts';

interface Changes {
  readonly since: StrategyVersionView | null;
  readonly version: StrategyVersionView;
}

const LineChange = enumOf('LineChange', 'What became of a line.', {
  SAME: 'It is in both.',
  ADDED: 'It is in the later one only.',
  REMOVED: 'It is in the earlier one only.',
} satisfies Record<ComparedLine['kind'], string>);

const StatementChange = enumOf('StatementChange', 'What became of a statement.', {
  ADDED: 'It came.',
  REMOVED: 'It went.',
  CHANGED: 'It says something else.',
} satisfies Record<Changed['kind'], string>);

@ObjectType({ description: 'A line of two versions laid over each other.' })
class ChangedLine {
  @Visible(WITH_PARENT, () => LineChange, 'What became of it.')
  kind!: ComparedLine['kind'];

  @Visible(WITH_PARENT, () => String, 'The line.')
  text!: string;

  @Visible(WITH_PARENT, () => Int, 'Its number in the earlier one; null: not in it.', {
    nullable: true,
  })
  before!: number | null;

  @Visible(WITH_PARENT, () => Int, 'Its number in the later one; null: not in it.', {
    nullable: true,
  })
  after!: number | null;
}

@ObjectType({ description: 'A statement that means something else, whatever the text looks like.' })
class ChangedStatement implements Changed {
  @Visible(WITH_PARENT, () => StatementChange, 'What became of it.')
  kind!: Changed['kind'];

  @Visible(
    WITH_PARENT,
    () => String,
    'What it is about: `size`, `stop_loss`, `long entry`, or the parameter’s name.',
  )
  name!: string;

  @Visible(WITH_PARENT, () => String, 'The statement as it was; null: it was not there.', {
    nullable: true,
  })
  before!: string | null;

  @Visible(WITH_PARENT, () => String, 'The statement as it is; null: it is not there any more.', {
    nullable: true,
  })
  after!: string | null;
}

@ObjectType({ description: 'What changed between two versions of a strategy.' })
class StrategyVersionChanges {
  @Visible(WITH_PARENT, () => StrategyVersion, 'The earlier one; null: there was none before.', {
    nullable: true,
  })
  since!: StrategyVersionView | null;
}

@Resolver(() => StrategyVersionChanges)
export class StrategyVersionChangesFields {
  @Derived(WITH_PARENT, () => [ChangedLine], 'All lines of both, in one list.')
  lines(@Root() { since, version }: Changes): readonly ComparedLine[] {
    return compareLines(since?.document ?? '', version.document);
  }

  @Derived(
    WITH_PARENT,
    () => [ChangedStatement],
    'What they say differently; order, white space and comments are no difference.',
  )
  statements(@Root() { since, version }: Changes): readonly Changed[] {
    return compareDocuments(
      since === null ? null : treeOf(since.document),
      treeOf(version.document),
    );
  }
}

@Resolver(() => StrategyVersion)
export class StrategyVersionChange {
  @Derived(
    OWNER,
    () => StrategyVersionChanges,
    'What changed since an earlier version of the same strategy; null: it has none of that number.',
    { nullable: true },
  )
  async changes(
    @Root() version: StrategyVersionView,
    @Ctx() { loaders }: Context,
    @Arg('since', () => Int, {
      nullable: true,
      description: 'Number of the earlier one; left out: the one before, or nothing for the first.',
    })
    since?: number | null,
  ): Promise<Changes | null> {
    const number = since ?? version.number - 1;
    const found = await loaders.numberedVersion.load(`${version.strategyId} ${number}`);
    if (found === null && since !== null && since !== undefined) return null;
    return { since: found, version };
  }
}
