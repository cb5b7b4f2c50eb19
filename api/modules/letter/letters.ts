import { Arg, Ctx, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { Access, Visible } from '../../access/declare.ts';
import { NO_KEY, OUTBOX_READER, WITH_PARENT } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { badInputError } from '../../errors/graphql-errors.ts';
import { DateTime } from '../../scalars/scalars.ts';

const maxFirst = 200;

@ObjectType({ description: 'A letter that waits in the local outbox.' })
export class Letter {
  @Visible(WITH_PARENT, () => ID, 'Tells it from other letters; no node is found by it.')
  id!: string;

  @Visible(WITH_PARENT, () => String, 'Address it would go to.')
  to!: string;

  @Visible(WITH_PARENT, () => String, 'What it is about.')
  subject!: string;

  @Visible(WITH_PARENT, () => String, 'The letter itself, in plain text, with its links.')
  text!: string;

  @Visible(WITH_PARENT, () => DateTime, 'When it was written.')
  createdAt!: Date;
}

@Resolver()
export class LettersQuery {
  @Access(OUTBOX_READER, NO_KEY)
  @Query(() => [Letter], {
    description:
      'The local outbox, newest first: where letters stay on an installation without a mail server, for its demo account to read.',
  })
  letters(
    @Ctx() { ports }: Context,
    @Arg('first', () => Int, {
      defaultValue: 50,
      description: `How many to answer at most, 1 to ${maxFirst}.`,
    })
    first: number,
  ) {
    if (first < 1 || first > maxFirst) throw badInputError(`first must be 1 to ${maxFirst}.`);
    return ports.letterBox.list(first);
  }
}
