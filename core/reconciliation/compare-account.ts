import type { Decimal } from 'decimal.js';
import type { Product } from '../order/order-terms.ts';
import { isClosed, isInDoubt, type OrderStatus } from '../order/status.ts';

/** What a broker's books and ours can differ in; closed. */
export type DifferenceKind =
  /** An order in the broker's book that we did not place, or do not know. */
  | 'ORDER_UNKNOWN_TO_US'
  /** An order of ours that should work at the broker, whose book does not show it. */
  | 'ORDER_ABSENT_AT_BROKER'
  /** An order that both know, in another state or with another filled quantity. */
  | 'ORDER_DIFFERS'
  /** Another net quantity of an instrument and product. */
  | 'POSITION_DIFFERS'
  /** Money that new orders can be paid from, further apart than is tolerated. */
  | 'AVAILABLE_FUNDS_DIFFER'
  /** Money that orders and positions bind, further apart than is tolerated. */
  | 'UTILISED_FUNDS_DIFFER';

/** The states of an order in a broker's book. */
export type BookedStatus =
  'TRIGGER_PENDING' | 'OPEN' | 'COMPLETE' | 'CANCELLED' | 'REJECTED' | 'EXPIRED';

/** One side's word on what differs; null: it says nothing of the kind. */
export interface SideOfDifference {
  /** The state of the order, as that side names it. */
  readonly status: string | null;
  /** Units: filled of an order, net of a position (negative when short). */
  readonly quantity: Decimal | null;
  /** Rupees. */
  readonly amount: Decimal | null;
}

/** Where the broker's books and ours are not alike. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** What of its kind differs; with the kind it tells one difference from the next. */
  readonly subject: string;
  /** Null: it is no single instrument's, or one we do not know. */
  readonly instrumentId: string | null;
  /** Null: as above. */
  readonly product: Product | null;
  /** Our order; null: there is none. */
  readonly orderId: string | null;
  /** The broker's id of the order; null: there is none. */
  readonly brokerOrderId: string | null;
  readonly ours: SideOfDifference;
  readonly brokers: SideOfDifference;
}

/** Net units of an instrument and product, negative when short. */
export interface NetPosition {
  readonly instrumentId: string;
  readonly product: Product;
  readonly netQuantity: Decimal;
}

/** Rupees. */
export interface AccountFunds {
  readonly available: Decimal;
  readonly utilised: Decimal;
}

/** An order of ours. */
export interface OurOrder {
  readonly id: string;
  readonly clientOrderId: string;
  readonly brokerOrderId: string | null;
  readonly status: OrderStatus;
  readonly filledQuantity: Decimal;
  readonly instrumentId: string;
  readonly product: Product;
}

/** An order in the broker's book. */
export interface TheirOrder {
  /** Null: it carries no tag. */
  readonly clientOrderId: string | null;
  readonly brokerOrderId: string;
  readonly status: BookedStatus;
  readonly filledQuantity: Decimal;
  readonly instrumentId: string | null;
  readonly product: Product;
}

/** One side's books of an account. */
export interface AccountBooks<O> {
  readonly orders: readonly O[];
  readonly positions: readonly NetPosition[];
  readonly funds: AccountFunds;
}

/**
 * Where the two books of an account differ. Ours are to hold the orders that work and those of the
 * broker's book that we know, after the broker's word about each was applied. What an order is in
 * doubt about (its broker owes an answer) is not judged: that order, the position it may change, and
 * the money. `tolerance`: rupees that sums may lie apart.
 */
export function compareAccount(
  ours: AccountBooks<OurOrder>,
  theirs: AccountBooks<TheirOrder>,
  tolerance: Decimal,
): readonly Difference[] {
  const doubtful = ours.orders.filter(({ status }) => isInDoubt(status));
  const inDoubt = new Set(doubtful.map(placeOf));
  return [
    ...differencesOfOrders(ours.orders, theirs.orders),
    ...differencesOfPositions(ours.positions, theirs.positions, inDoubt),
    ...(doubtful.length > 0 ? [] : differencesOfFunds(ours.funds, theirs.funds, tolerance)),
  ];
}

function placeOf({ instrumentId, product }: Pick<NetPosition, 'instrumentId' | 'product'>): string {
  return `${instrumentId} ${product}`;
}

const nothing: SideOfDifference = { status: null, quantity: null, amount: null };

function differencesOfOrders(
  ours: readonly OurOrder[],
  theirs: readonly TheirOrder[],
): readonly Difference[] {
  const byTag = new Map(ours.map((order) => [order.clientOrderId, order]));
  const shown = new Set(theirs.map(({ clientOrderId }) => clientOrderId));
  return [
    ...theirs.flatMap((their) => {
      const our = their.clientOrderId === null ? undefined : byTag.get(their.clientOrderId);
      if (our === undefined) return [orderDifference('ORDER_UNKNOWN_TO_US', null, their)];
      return isInDoubt(our.status) || agree(our, their)
        ? []
        : [orderDifference('ORDER_DIFFERS', our, their)];
    }),
    ...ours.flatMap((our) =>
      shown.has(our.clientOrderId) || !restsAtBroker(our.status)
        ? []
        : [orderDifference('ORDER_ABSENT_AT_BROKER', our, null)],
    ),
  ];
}

/** Whether the broker has taken it, so that its book must show it. */
function restsAtBroker(status: OrderStatus): boolean {
  return status === 'ACCEPTED' || status === 'PARTIALLY_FILLED';
}

/** Which of our states say the same as one of the broker's; a lapsed order may be shown as cancelled. */
const sameAs: Readonly<Record<BookedStatus, readonly OrderStatus[]>> = {
  TRIGGER_PENDING: ['ACCEPTED'],
  OPEN: ['ACCEPTED', 'PARTIALLY_FILLED'],
  COMPLETE: ['FILLED'],
  CANCELLED: ['CANCELLED', 'EXPIRED'],
  EXPIRED: ['EXPIRED', 'CANCELLED'],
  REJECTED: ['REJECTED'],
};

/** Whether our order is what the broker's book shows. */
export function agree(our: OurOrder, their: TheirOrder): boolean {
  return (
    sameAs[their.status].includes(our.status) &&
    our.filledQuantity.equals(their.filledQuantity) &&
    (our.brokerOrderId === null ? isClosed(our.status) : our.brokerOrderId === their.brokerOrderId)
  );
}

function orderDifference(
  kind: DifferenceKind,
  our: OurOrder | null,
  their: TheirOrder | null,
): Difference {
  const side = (order: OurOrder | TheirOrder | null): SideOfDifference =>
    order === null
      ? nothing
      : { status: order.status, quantity: order.filledQuantity, amount: null };
  return {
    kind,
    subject: our?.clientOrderId ?? their?.brokerOrderId ?? '',
    instrumentId: our?.instrumentId ?? their?.instrumentId ?? null,
    product: our?.product ?? their?.product ?? null,
    orderId: our?.id ?? null,
    brokerOrderId: their?.brokerOrderId ?? our?.brokerOrderId ?? null,
    ours: side(our),
    brokers: side(their),
  };
}

function differencesOfPositions(
  ours: readonly NetPosition[],
  theirs: readonly NetPosition[],
  inDoubt: ReadonlySet<string>,
): readonly Difference[] {
  const our = new Map(ours.map((position) => [placeOf(position), position]));
  const their = new Map(theirs.map((position) => [placeOf(position), position]));
  return [...new Set([...our.keys(), ...their.keys()])].flatMap((place) => {
    const position = our.get(place) ?? their.get(place);
    if (position === undefined || inDoubt.has(place)) return [];
    const [mine, brokers] = [our.get(place)?.netQuantity, their.get(place)?.netQuantity];
    const zero = position.netQuantity.times(0);
    if ((mine ?? zero).equals(brokers ?? zero)) return [];
    const { instrumentId, product } = position;
    return [
      {
        kind: 'POSITION_DIFFERS' as const,
        subject: place,
        instrumentId,
        product,
        orderId: null,
        brokerOrderId: null,
        ours: { ...nothing, quantity: mine ?? zero },
        brokers: { ...nothing, quantity: brokers ?? zero },
      },
    ];
  });
}

function differencesOfFunds(
  ours: AccountFunds,
  theirs: AccountFunds,
  tolerance: Decimal,
): readonly Difference[] {
  const kinds = {
    available: 'AVAILABLE_FUNDS_DIFFER',
    utilised: 'UTILISED_FUNDS_DIFFER',
  } as const;
  return (['available', 'utilised'] as const).flatMap((sum) => {
    const apart = ours[sum].minus(theirs[sum]).abs();
    if (apart.lessThanOrEqualTo(tolerance)) return [];
    return [
      {
        kind: kinds[sum],
        subject: sum,
        instrumentId: null,
        product: null,
        orderId: null,
        brokerOrderId: null,
        ours: { ...nothing, amount: ours[sum] },
        brokers: { ...nothing, amount: theirs[sum] },
      },
    ];
  });
}
