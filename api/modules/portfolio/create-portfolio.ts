import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { Decimal as DecimalNumber } from 'decimal.js';
import type { AccountActor } from '@nandax/app/actor.ts';
import { createPortfolio } from '@nandax/app/portfolios/create-portfolio.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { Money } from '../../scalars/scalars.ts';
import { answer } from '../failure/answer.ts';
import { IllegalState, InvalidInput, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { Portfolio } from './portfolio.ts';

@InputType({ description: 'A portfolio to make.' })
class CreatePortfolioInput {
  @InputField(() => String, 'Name for people.')
  name!: string;

  @InputField(() => Money, 'Rupees to begin with; of a broker account, what it holds.', {
    defaultValue: new DecimalNumber(1_000_000),
  })
  initialCapital!: DecimalNumber;

  @InputField(
    () => ID,
    'Your connected account at a broker whose books it will be, which makes it live. Left out: paper.',
    { nullable: true },
  )
  brokerAccountId?: string | null;
}

const CreatePortfolioResult = resultUnion(
  'CreatePortfolioResult',
  'The portfolio, or why there is none.',
  () => Portfolio,
  [InvalidInput, NotFound, IllegalState],
);

@Resolver()
export class CreatePortfolioMutation {
  @Access(SIGNED_IN, ['PAPER_TRADE'])
  @Mutation(() => CreatePortfolioResult, {
    description:
      'Makes a portfolio with its opening deposit: of paper, or live, of an account at a broker that has none yet. An API key needs `LIVE_TRADE` for the second.',
  })
  async createPortfolio(
    @Caller() actor: AccountActor,
    @Ctx() context: Context,
    @Arg('input', () => CreatePortfolioInput, { description: 'Its name and money.' })
    input: CreatePortfolioInput,
  ) {
    const { brokerAccountId: account } = input;
    const result = await createPortfolio(context.ports, {
      actor,
      name: input.name,
      initialCapital: input.initialCapital,
      brokerConnectionId: account == null ? null : localIdOf('BrokerAccount', account),
    });
    return answer(context, 'Portfolio', result);
  }
}
