import { Arg, Ctx, InputType, Mutation, Resolver } from 'type-graphql';
import { Decimal as DecimalNumber } from 'decimal.js';
import type { AccountActor } from '@nandax/app/actor.ts';
import { createPortfolio } from '@nandax/app/portfolios/create-portfolio.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { Money } from '../../scalars/scalars.ts';
import { answer } from '../failure/answer.ts';
import { InvalidInput } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { Portfolio } from './portfolio.ts';

@InputType({ description: 'A paper portfolio to make.' })
class CreatePortfolioInput {
  @InputField(() => String, 'Name for people.')
  name!: string;

  @InputField(() => Money, 'Rupees to begin with.', { defaultValue: new DecimalNumber(1_000_000) })
  initialCapital!: DecimalNumber;
}

const CreatePortfolioResult = resultUnion(
  'CreatePortfolioResult',
  'The portfolio, or why there is none.',
  () => Portfolio,
  [InvalidInput],
);

@Resolver()
export class CreatePortfolioMutation {
  @Access(SIGNED_IN, ['PAPER_TRADE'])
  @Mutation(() => CreatePortfolioResult, {
    description: 'Makes a paper portfolio with its opening deposit.',
  })
  async createPortfolio(
    @Caller() actor: AccountActor,
    @Ctx() context: Context,
    @Arg('input', () => CreatePortfolioInput, { description: 'Its name and money.' })
    input: CreatePortfolioInput,
  ) {
    const result = await createPortfolio(context.ports, {
      actor,
      name: input.name,
      initialCapital: input.initialCapital,
    });
    return answer(context, 'Portfolio', result);
  }
}
