/** Something that is wrong with the audit trail. Positions count from 1 within a chain. */
export type TrailFinding =
  /** Rows from `position` to `until`, both inclusive, are gone from the middle of a chain. */
  | {
      readonly kind: 'ROWS_MISSING';
      readonly chain: string;
      readonly position: bigint;
      readonly until: bigint;
    }
  /** A row stands before the first position. */
  | { readonly kind: 'ROW_UNEXPECTED'; readonly chain: string; readonly position: bigint }
  /** A row's hash does not fit its fields: one of them was changed, or rows were swapped. */
  | { readonly kind: 'ROW_CHANGED'; readonly chain: string; readonly position: bigint }
  /** A row does not name the hash of the row before it. */
  | { readonly kind: 'LINK_BROKEN'; readonly chain: string; readonly position: bigint }
  /** The chain has rows, up to `position`, and no head. */
  | { readonly kind: 'HEAD_MISSING'; readonly chain: string; readonly position: bigint }
  /** The head is at `head`, yet the rows end at `position`: the tail was removed. */
  | {
      readonly kind: 'TAIL_MISSING';
      readonly chain: string;
      readonly position: bigint;
      readonly head: bigint;
    }
  /** The rows go on to `position`, yet the head is at `head`: it was set back. */
  | {
      readonly kind: 'HEAD_BEHIND';
      readonly chain: string;
      readonly position: bigint;
      readonly head: bigint;
    }
  /** The head names another hash than the row at its position. */
  | { readonly kind: 'HEAD_DIFFERS'; readonly chain: string; readonly position: bigint }
  /** The row that was anchored is gone: the tail, or the whole chain, was removed. */
  | { readonly kind: 'ANCHORED_ROW_MISSING'; readonly chain: string; readonly position: bigint }
  /** The row has another hash than was anchored: the chain was rewritten at or before it. */
  | { readonly kind: 'ANCHORED_ROW_DIFFERS'; readonly chain: string; readonly position: bigint }
  /** A line of the anchor was edited or forged. */
  | { readonly kind: 'ANCHOR_FORGED'; readonly line: number };
