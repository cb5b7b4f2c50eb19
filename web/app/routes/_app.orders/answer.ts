import type { ExitAnswer } from '../../trading/exit-answer.ts';

/** What came of a form: an order placed and the key for the form's next try, or a change asked for. */
export interface Answer extends ExitAnswer {
  /** Client order id. */
  readonly placed?: string | undefined;
  /** How many orders it left as; undefined: one. */
  readonly slices?: number | undefined;
  /** What came of taking all orders of a portfolio back. */
  readonly counts?: { readonly cancelled: number; readonly unanswered: number } | undefined;
  /** Another text for each change that was asked for. */
  readonly changed?: string | undefined;
}

/** Which form was answered. */
export interface To {
  readonly to: string;
}
