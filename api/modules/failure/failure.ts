import { ID, Int, InterfaceType, ObjectType } from 'type-graphql';
import { Visible } from '../../access/declare.ts';
import { WITH_PARENT } from '../../access/rules.ts';

/** Why a mutation did not do what was asked: a value of the contract, told apart by `__typename`. */
@InterfaceType({
  description:
    'Why something was not done. Every failure says it in words; its type and fields say it to programs.',
  resolveType: (failure: { readonly __typename: string }) => failure.__typename,
})
export abstract class Failure {
  @Visible(WITH_PARENT, () => String, 'What went wrong, in words for people.')
  message!: string;
}

@ObjectType({
  implements: Failure,
  description: 'A field of the input has a value it cannot have.',
})
export class InvalidInput extends Failure {
  @Visible(WITH_PARENT, () => String, 'Name of the field.')
  field!: string;
}

@ObjectType({
  implements: Failure,
  description: 'There is no such object, or it is not yours; the two are never told apart.',
})
export class NotFound extends Failure {
  @Visible(WITH_PARENT, () => ID, 'The id that was asked for.')
  id!: string;
}

@ObjectType({
  implements: Failure,
  description: 'The object cannot do that in its present state.',
})
export class IllegalState extends Failure {
  @Visible(WITH_PARENT, () => String, 'The state it is in, e.g. `STOPPED`.')
  state!: string;
}

@ObjectType({
  implements: Failure,
  description: 'The refresh token is unknown, was used before, or has expired; log in again.',
})
export class InvalidRefreshToken extends Failure {}

@ObjectType({
  implements: Failure,
  description: 'The idempotency key already stands for another request; nothing was done.',
})
export class IdempotencyKeyReused extends Failure {
  @Visible(WITH_PARENT, () => String, 'The key that was sent.')
  idempotencyKey!: string;
}

@ObjectType({ description: 'A place in a strategy document that cannot be read.' })
export class RuleError {
  @Visible(WITH_PARENT, () => String, 'What is wrong, in words.')
  message!: string;

  @Visible(WITH_PARENT, () => Int, 'Line of the document, 1 is the first.')
  line!: number;

  @Visible(WITH_PARENT, () => Int, 'Column of the line in characters, 1 is the first.')
  column!: number;

  @Visible(WITH_PARENT, () => String, 'What should stand there.', { nullable: true })
  expected!: string | null;

  @Visible(WITH_PARENT, () => String, 'A name close to what stands there.', { nullable: true })
  suggestion!: string | null;
}

@ObjectType({ implements: Failure, description: 'The strategy document cannot be read.' })
export class InvalidRules extends Failure {
  @Visible(WITH_PARENT, () => [RuleError], 'Every error found, in the order of the text.')
  errors!: RuleError[];
}

@ObjectType({ description: 'A cell of an uploaded file that cannot be read.' })
export class FileRowError {
  @Visible(WITH_PARENT, () => Int, 'Line of the file, 1 is the header.')
  line!: number;

  @Visible(WITH_PARENT, () => Int, 'Position of the cell in its line, 1 is the first.')
  column!: number;

  @Visible(WITH_PARENT, () => String, 'Name of the column; null: the whole line is meant.', {
    nullable: true,
  })
  columnName!: string | null;

  @Visible(WITH_PARENT, () => String, 'What stands there, cut to 80 characters.', {
    nullable: true,
  })
  value!: string | null;

  @Visible(WITH_PARENT, () => String, 'What should stand there, in words.')
  message!: string;
}

@ObjectType({
  implements: Failure,
  description: 'An uploaded file cannot be read; nothing of it was imported.',
})
export class InvalidFile extends Failure {
  @Visible(WITH_PARENT, () => String, 'Name of the file as it was sent.')
  fileName!: string;

  @Visible(
    WITH_PARENT,
    () => [FileRowError],
    'The first 20 errors found, in the order of the file.',
  )
  errors!: FileRowError[];
}
