import { Int, ObjectType } from 'type-graphql';
import { Visible } from '../../access/declare.ts';
import { WITH_PARENT } from '../../access/rules.ts';
import { Failure } from '../failure/failure.ts';

@ObjectType({
  implements: Failure,
  description:
    'The step was never begun, was finished, took longer than 10 minutes, or was answered wrongly 5 times: begin again.',
})
export class ChallengeEnded extends Failure {}

@ObjectType({
  implements: Failure,
  description: 'The code is wrong or was used before, or the passkey’s answer is not valid.',
})
export class SecondFactorRefused extends Failure {
  @Visible(
    WITH_PARENT,
    () => Int,
    'How often the same step may be answered again; null: no step is counted here, but the time between attempts grows.',
    { nullable: true },
  )
  attemptsLeft!: number | null;
}

@ObjectType({
  implements: Failure,
  description: 'A live broker is used with a second factor only; nothing was done.',
})
export class SecondFactorNeeded extends Failure {
  @Visible(
    WITH_PARENT,
    () => Boolean,
    'Whether a second factor is set up: then log in again with it; else set one up.',
  )
  isSetUp!: boolean;
}
