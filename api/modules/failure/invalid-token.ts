import { ObjectType } from 'type-graphql';
import { Failure } from './failure.ts';

@ObjectType({
  implements: Failure,
  description:
    'The link of a letter is unknown, used up, replaced or expired; which of them is not said.',
})
export class InvalidToken extends Failure {}
