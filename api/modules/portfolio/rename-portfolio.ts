import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { AccountActor } from '@nandax/app/actor.ts';
import { renamePortfolio } from '@nandax/app/portfolios/rename-portfolio.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { answer } from '../failure/answer.ts';
import { InvalidInput, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { Portfolio } from './portfolio.ts';

@InputType({ description: 'Another name for a portfolio.' })
class RenamePortfolioInput {
  @InputField(() => ID, 'The portfolio.')
  id!: string;

  @InputField(() => String, 'Its new name, 1 to 80 characters.')
  name!: string;
}

const RenamePortfolioResult = resultUnion(
  'RenamePortfolioResult',
  'The portfolio with its new name, or why it has the old one.',
  () => Portfolio,
  [InvalidInput, NotFound],
);

@Resolver()
export class RenamePortfolioMutation {
  @Access(SIGNED_IN, ['PAPER_TRADE'])
  @Mutation(() => RenamePortfolioResult, { description: 'Gives a portfolio another name.' })
  async renamePortfolio(
    @Caller() actor: AccountActor,
    @Ctx() context: Context,
    @Arg('input', () => RenamePortfolioInput, { description: 'Which, and its name.' })
    input: RenamePortfolioInput,
  ) {
    const portfolioId = localIdOf('Portfolio', input.id);
    const result = await renamePortfolio(context.ports, { actor, portfolioId, name: input.name });
    return answer(context, 'Portfolio', result);
  }
}
