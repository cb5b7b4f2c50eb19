import type { FormFailure } from '../form-failure.ts';

/** What came of leaving a position or a trade. */
export interface ExitAnswer {
  readonly failure?: FormFailure | null | undefined;
  /** Orders that left. */
  readonly left?: number | undefined;
  /** The key for the form's next try. */
  readonly idempotencyKey?: string | undefined;
}
