import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { Decimal } from 'decimal.js';
import type { AccountActor } from '@nandax/app/actor.ts';
import { moveCapital } from '@nandax/app/portfolios/move-capital.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { Money } from '../../scalars/scalars.ts';
import { answer } from '../failure/answer.ts';
import { IdempotencyKeyReused, IllegalState, InvalidInput, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { Portfolio } from './portfolio.ts';

@InputType({ description: 'Play money to pay in.' })
class DepositToPortfolioInput {
  @InputField(() => ID, 'The paper portfolio.')
  id!: string;

  @InputField(
    () => String,
    'A key of your choice, 1 to 64 characters: one key moves money once, however often it is sent.',
  )
  idempotencyKey!: string;

  @InputField(() => Money, 'Rupees, above 0.')
  amount!: Decimal;
}

@InputType({ description: 'Play money to take out.' })
class WithdrawFromPortfolioInput extends DepositToPortfolioInput {}

const DepositResult = resultUnion(
  'DepositToPortfolioResult',
  'The portfolio with the money, or why it got none.',
  () => Portfolio,
  [IdempotencyKeyReused, IllegalState, InvalidInput, NotFound],
);

const WithdrawalResult = resultUnion(
  'WithdrawFromPortfolioResult',
  'The portfolio without the money, or why it kept it.',
  () => Portfolio,
  [IdempotencyKeyReused, IllegalState, InvalidInput, NotFound],
);

@Resolver()
export class MoveCapitalMutations {
  @Access(SIGNED_IN, ['PAPER_TRADE'])
  @Mutation(() => DepositResult, { description: 'Pays play money into a paper portfolio.' })
  depositToPortfolio(
    @Caller() actor: AccountActor,
    @Ctx() context: Context,
    @Arg('input', () => DepositToPortfolioInput, { description: 'How much, and its key.' })
    input: DepositToPortfolioInput,
  ) {
    return move(context, actor, 'DEPOSIT', input);
  }

  @Access(SIGNED_IN, ['PAPER_TRADE'])
  @Mutation(() => WithdrawalResult, {
    description:
      'Takes play money out of a paper portfolio. What margins and charges need stays in.',
  })
  withdrawFromPortfolio(
    @Caller() actor: AccountActor,
    @Ctx() context: Context,
    @Arg('input', () => WithdrawFromPortfolioInput, { description: 'How much, and its key.' })
    input: WithdrawFromPortfolioInput,
  ) {
    return move(context, actor, 'WITHDRAWAL', input);
  }
}

async function move(
  context: Context,
  actor: AccountActor,
  kind: 'DEPOSIT' | 'WITHDRAWAL',
  { id, idempotencyKey, amount }: DepositToPortfolioInput,
): Promise<object> {
  const portfolioId = localIdOf('Portfolio', id);
  const result = await moveCapital(context.ports, {
    actor,
    idempotencyKey,
    portfolioId,
    kind,
    amount,
  });
  return answer(context, 'Portfolio', result);
}
