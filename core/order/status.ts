/**
 * The life of an order.
 * - INITIALIZED: passed the risk door and written down; nothing was sent.
 * - DENIED: refused by us; nothing was sent.
 * - SUBMITTED: handed to the broker, no word yet. Set before the call, so that it is sent once.
 * - ACCEPTED: the broker has it under an id of its own.
 * - PARTIALLY_FILLED: some of it executed, the rest works on.
 * - FILLED: all of it executed.
 * - MODIFY_PENDING: a change was asked for; it may still fill, by the old terms or the new.
 * - CANCEL_PENDING: a cancel was asked for; it may still fill.
 * - CANCELLED: the rest was taken back; what executed before stays.
 * - REJECTED: refused by the broker or the exchange.
 * - EXPIRED: the rest lapsed with its validity.
 * - UNKNOWN: the call timed out; whether the broker has it is being asked, never sent again.
 * - NOT_PLACED: it timed out and the broker does not know it.
 */
export type OrderStatus =
  | 'INITIALIZED'
  | 'DENIED'
  | 'SUBMITTED'
  | 'ACCEPTED'
  | 'PARTIALLY_FILLED'
  | 'FILLED'
  | 'MODIFY_PENDING'
  | 'CANCEL_PENDING'
  | 'CANCELLED'
  | 'REJECTED'
  | 'EXPIRED'
  | 'UNKNOWN'
  | 'NOT_PLACED';

/**
 * Statuses in which units may still execute: they count as pending in risk, and a position is not
 * settled before they are gone.
 */
export const workingStatuses: readonly OrderStatus[] = [
  'INITIALIZED',
  'SUBMITTED',
  'ACCEPTED',
  'PARTIALLY_FILLED',
  'MODIFY_PENDING',
  'CANCEL_PENDING',
  'UNKNOWN',
];

/** Whether units of the order may still execute. */
export function isWorking(status: OrderStatus): boolean {
  return workingStatuses.includes(status);
}

/** Whether the order has come to its end; late news of the broker can still correct it. */
export function isClosed(status: OrderStatus): boolean {
  return !isWorking(status);
}

/** Whether nothing has been sent to the broker yet. */
export function isUnsent(status: OrderStatus): boolean {
  return status === 'INITIALIZED' || status === 'DENIED';
}

/** Whether the rest of it can be taken back: at once while it is unsent, else by asking the broker. */
export function isCancellable(status: OrderStatus): boolean {
  return status === 'INITIALIZED' || status === 'MODIFY_PENDING' || isChangeable(status);
}

/** Whether the broker can be asked to change it. */
export function isChangeable(status: OrderStatus): boolean {
  return status === 'ACCEPTED' || status === 'PARTIALLY_FILLED';
}

/** Whether only the broker can tell what became of it, so that it must be asked. */
export function isInDoubt(status: OrderStatus): boolean {
  return (
    status === 'SUBMITTED' ||
    status === 'UNKNOWN' ||
    status === 'MODIFY_PENDING' ||
    status === 'CANCEL_PENDING'
  );
}
