import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { Decimal as DecimalNumber } from 'decimal.js';
import type { AccountActor } from '@nandax/app/actor.ts';
import { resetPortfolio } from '@nandax/app/portfolios/reset-portfolio.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { Money } from '../../scalars/scalars.ts';
import { answer } from '../failure/answer.ts';
import { IdempotencyKeyReused, IllegalState, InvalidInput, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { Portfolio } from './portfolio.ts';

@InputType({ description: 'A paper portfolio to begin anew.' })
class ResetPortfolioInput {
  @InputField(() => ID, 'The paper portfolio.')
  id!: string;

  @InputField(
    () => String,
    'A key of your choice, 1 to 64 characters: one key resets once, however often it is sent.',
  )
  idempotencyKey!: string;

  @InputField(() => Money, 'Rupees to begin with.', { defaultValue: new DecimalNumber(1_000_000) })
  initialCapital!: DecimalNumber;
}

const ResetPortfolioResult = resultUnion(
  'ResetPortfolioResult',
  'The portfolio as it begins, or why it stays as it is.',
  () => Portfolio,
  [IdempotencyKeyReused, IllegalState, InvalidInput, NotFound],
);

@Resolver()
export class ResetPortfolioMutation {
  @Access(SIGNED_IN, ['PAPER_TRADE'])
  @Mutation(() => ResetPortfolioResult, {
    description:
      'Lets a paper portfolio begin anew: positions are booked out at cost, balances taken back. Refused while orders work or agents are started. Orders, trades and ledger stay readable.',
  })
  async resetPortfolio(
    @Caller() actor: AccountActor,
    @Ctx() context: Context,
    @Arg('input', () => ResetPortfolioInput, { description: 'Which, with how much, and its key.' })
    input: ResetPortfolioInput,
  ) {
    const result = await resetPortfolio(context.ports, {
      actor,
      idempotencyKey: input.idempotencyKey,
      portfolioId: localIdOf('Portfolio', input.id),
      initialCapital: input.initialCapital,
    });
    return answer(context, 'Portfolio', result);
  }
}
