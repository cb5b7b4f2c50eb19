import type { FormFailure } from '../form-failure.ts';

/** What came of setting a stop or taking one away. */
export interface ProtectAnswer {
  readonly failure?: FormFailure | null | undefined;
  /** Another text for each thing that was done. */
  readonly done?: string | undefined;
}
