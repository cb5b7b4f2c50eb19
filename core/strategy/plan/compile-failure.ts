import type { TimeFrame } from '../../market/time-frame.ts';

/** Why a document that reads well cannot be run with these parameter values on this time frame. */
export type CompileFailure =
  /** A value was given for a parameter that the document does not have. */
  | { readonly code: 'UNKNOWN_PARAMETER'; readonly name: string }
  /** No indicator has this name. */
  | { readonly code: 'UNKNOWN_INDICATOR'; readonly name: string }
  /** The user has no model of this name. */
  | { readonly code: 'UNKNOWN_MODEL'; readonly name: string }
  /** A number is out of its range with the given parameter values; NaN: it has no value. */
  | {
      readonly code: 'NUMBER_OUT_OF_RANGE';
      /** The statement or expression in which it stands. */
      readonly where: string;
      readonly value: number;
      /** In words, to follow "expected". */
      readonly expected: string;
    }
  /** Settings of an indicator do not fit each other with the given parameter values. */
  | { readonly code: 'SETTINGS_DO_NOT_FIT'; readonly where: string; readonly reason: string }
  /** `on` names a time frame that is shorter than the bars that read it, or no multiple of them. */
  | {
      readonly code: 'TIME_FRAME_DOES_NOT_FIT';
      readonly timeFrame: TimeFrame;
      /** Of the bars that read it. */
      readonly ownTimeFrame: TimeFrame;
    }
  /** A value of the position stands where its past would be needed. */
  | { readonly code: 'POSITION_HAS_NO_PAST'; readonly expression: string };

/** A failure in one sentence for people. */
export function describeCompileFailure(failure: CompileFailure): string {
  switch (failure.code) {
    case 'UNKNOWN_PARAMETER':
      return `The strategy has no parameter "${failure.name}".`;
    case 'UNKNOWN_INDICATOR':
      return `There is no indicator "${failure.name}".`;
    case 'UNKNOWN_MODEL':
      return `You have no model named "${failure.name}".`;
    case 'NUMBER_OUT_OF_RANGE': {
      const value = Number.isNaN(failure.value) ? 'no number' : String(failure.value);
      return `In ${failure.where}: expected ${failure.expected}, found ${value}.`;
    }
    case 'SETTINGS_DO_NOT_FIT':
      return `In ${failure.where}: ${failure.reason}`;
    case 'TIME_FRAME_DOES_NOT_FIT': {
      const [other, own] = [failure.timeFrame, failure.ownTimeFrame].map(spoken);
      return `"on" needs bars made of whole bars of ${own}; those of ${other} are not.`;
    }
    case 'POSITION_HAS_NO_PAST':
      return `${failure.expression} needs the position's past; values of the position are for comparisons and arithmetic only.`;
  }
}

function spoken(timeFrame: TimeFrame): string {
  return timeFrame.toLowerCase().replace('_', ' ');
}
