import type { FormFailure } from '../form-failure.ts';

/** What came of setting a stop, changing it or taking it away. */
export interface ProtectAnswer {
  readonly failure?: FormFailure | null | undefined;
  /** Another text for each thing that was done. */
  readonly done?: string | undefined;
  /** Key of the next change that the form sends; the last one keeps its answer for ever. */
  readonly idempotencyKey: string;
}
