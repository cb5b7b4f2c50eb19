import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { AccountActor } from '@nandax/app/actor.ts';
import { previewBracket } from '@nandax/app/protection/preview-bracket.ts';
import { Access } from '../../access/declare.ts';
import { READ, SIGNED_IN } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { answerPreview } from '../order/order-preview.ts';
import { PreviewResult } from '../order/preview-order.ts';
import { BracketInput, bracketOf } from './bracket-input.ts';

@Resolver()
export class PreviewBracketQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => PreviewResult, {
    description:
      'As `previewOrder`, for the entry of a bracket; its stop and target are judged against the market as `placeBracket` judges them.',
  })
  async previewBracket(
    @Caller() actor: AccountActor,
    @Ctx() { ports }: Context,
    @Arg('input', () => BracketInput, { description: 'What might be traded, and left again.' })
    input: BracketInput,
  ) {
    const portfolioId = localIdOf('Portfolio', input.portfolioId);
    const bracket = bracketOf(input);
    return answerPreview(await previewBracket(ports, { actor, portfolioId, bracket }));
  }
}
