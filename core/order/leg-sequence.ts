import { legStateOf, type Leg } from './leg-state.ts';

/** What is to be done next with a request whose legs leave one after the other. */
export interface NextSteps<L> {
  /** The leg whose turn it is and that has not left; null: there is none, or one before it waits. */
  readonly send: L | null;
  /** The first leg that came to nothing; null: none did. */
  readonly stoppedBy: L | null;
  /** Legs behind that one that have not left and must not any more. */
  readonly stopped: readonly L[];
}

/**
 * Each leg leaves when every leg before it works at the broker or has executed; behind the first that
 * came to nothing none leaves any more. A leg whose broker has not answered holds up those behind it.
 * The legs are given in their order; asked again on the same legs, it says the same.
 */
export function nextStepsOf<L extends Leg>(legs: readonly L[]): NextSteps<L> {
  const stoppedBy = legs.find((leg) => legStateOf(leg) === 'VOID') ?? null;
  const end = stoppedBy === null ? legs.length : legs.indexOf(stoppedBy);
  const turn = legs.slice(0, end).find((leg) => legStateOf(leg) !== 'LIVE');
  return {
    send: turn?.status === 'INITIALIZED' ? turn : null,
    stoppedBy,
    stopped: legs.slice(end + 1).filter(({ status }) => status === 'INITIALIZED'),
  };
}
