import { exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';
import { chargesOfOrder } from '@nandax/core/charges/order-charges.ts';
import { sliceQuantity } from '@nandax/core/order/slice-quantity.ts';
import { contractValueOf } from '@nandax/core/portfolio/contract-value.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { ServingMarginRate } from '@nandax/core/risk/margin.ts';
import { Decimal } from 'decimal.js';
import type { AccountActor } from '../actor.ts';
import { notFound, type InvalidInput, type NotFound } from '../failures.ts';
import { addChargesViews, noChargesView, totalOfChargesView } from '../portfolios/account-of.ts';
import { fundsOf } from '../portfolios/funds-of.ts';
import type { OrderRecord, OrderRequestKind } from '../ports/orders.ts';
import type { TradingPortfolio } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { marginRatesOn } from '@nandax/core/risk/order-margins.ts';
import type { ChargesView } from '../views/order.ts';
import { chargesDueOf } from '../risk/charges-due.ts';
import {
  inBasketOrder,
  legsAtDoor,
  misfitOf,
  misfitOfBasket,
  type AskedOrder,
} from './asked-orders.ts';
import { judgeRequest, type JudgedLeg, type JudgedRequest } from './judge-request.ts';
import { denialOf, type OrderDenied } from './order-denied.ts';
import { loadDoorData, type DoorData, type LegAtDoor } from './pass-door.ts';
import { marketTimeOf } from './session-at-door.ts';

export type PreviewPorts = Pick<TradingPorts, 'store' | 'history' | 'ids' | 'clock'>;

/** Where the price that an order is estimated at comes from. */
export type EstimateSource = 'LIMIT' | 'TRIGGER' | 'LAST_PRICE';

/** What charges come to, and the card they are taken from. */
export interface EstimatedCharges {
  readonly charges: ChargesView;
  readonly rateCardId: string;
  /** False: no card covers the day, the nearest one serves. */
  readonly covered: boolean;
}

/** An order that would leave, as it is estimated. */
export interface PreviewedLeg {
  /** As it would be written down; it has not been. */
  readonly order: OrderRecord;
  /** Units that would open or enlarge a position, and those that would make one smaller. */
  readonly openingQuantity: Decimal;
  readonly reducingQuantity: Decimal;
  /** Rupees, and where they come from; null: no price is known. */
  readonly price: { readonly amount: Decimal; readonly source: EstimateSource } | null;
  /** Rupees of contract value at that price; null without one. */
  readonly value: Decimal | null;
  /** Rupees that it would hold of what is available; null: nothing to take it of is known. */
  readonly margin: Decimal | null;
  readonly marginRate: ServingMarginRate;
  /** Null: no price is known, or no card states the exchange. */
  readonly estimate: EstimatedCharges | null;
  /** Units of each order it would leave as with autoSlice; one: it fits; none: it cannot be cut. */
  readonly slices: readonly Decimal[];
}

/** What a request for orders would come to if it were placed now. */
export interface RequestPreview {
  readonly kind: OrderRequestKind;
  /** The portfolio's market clock by which it was judged. */
  readonly marketTime: Date;
  /** In the order in which they would leave. */
  readonly legs: readonly PreviewedLeg[];
  /** Sums over the legs, rupees; null where one of them is not known. */
  readonly value: Decimal | null;
  readonly margin: Decimal | null;
  readonly charges: ChargesView | null;
  /** Rupees free before, and after its margin and charges; below zero where there is not enough. */
  readonly availableBefore: Decimal;
  readonly availableAfter: Decimal | null;
  /** What placing it would answer; null: it would leave. */
  readonly denial: OrderDenied | null;
}

export type PreviewFailure = InvalidInput | NotFound;

/** What `placeOrder` would come to with the same input. Writes nothing and locks nothing. */
export async function previewOrder(
  ports: PreviewPorts,
  { actor, portfolioId, order }: Asked & { readonly order: AskedOrder },
): Promise<Result<RequestPreview, PreviewFailure>> {
  const misfit = misfitOf(order);
  if (misfit !== null) return fail(misfit);
  return previewRequest(ports, { actor, portfolioId }, 'SINGLE', (rows) =>
    legsAtDoor(rows, [order], actor.userId),
  );
}

/** What `placeBasket` would come to with the same legs. Writes nothing and locks nothing. */
export async function previewBasket(
  ports: PreviewPorts,
  { actor, portfolioId, legs }: Asked & { readonly legs: readonly AskedOrder[] },
): Promise<Result<RequestPreview, PreviewFailure>> {
  const misfit = misfitOfBasket(legs);
  if (misfit !== null) return fail(misfit);
  return previewRequest(ports, { actor, portfolioId }, 'BASKET', (rows) =>
    legsAtDoor(rows, inBasketOrder(legs), actor.userId),
  );
}

/** Who asks, and for which portfolio. */
export interface Asked {
  readonly actor: AccountActor;
  readonly portfolioId: string;
}

/** What a request of this kind, with the legs that are read in its snapshot, would come to. */
export async function previewRequest(
  ports: PreviewPorts,
  { actor, portfolioId }: Asked,
  kind: OrderRequestKind,
  legsOf: (
    rows: StoreTransaction,
    portfolio: TradingPortfolio,
  ) => Promise<Result<readonly LegAtDoor[], PreviewFailure>>,
): Promise<Result<RequestPreview, PreviewFailure>> {
  const data = await loadDoorData(ports);
  return ports.store.snapshot(async (rows) => {
    const portfolio = await rows.portfolios.find(portfolioId);
    if (portfolio?.userId !== actor.userId) return fail(notFound('Portfolio', portfolioId));
    const legs = await legsOf(rows, portfolio);
    if (!legs.ok) return legs;
    const createdAt = ports.clock.now();
    const judged = await judgeRequest(
      rows,
      ports.ids,
      data,
      portfolio,
      {
        id: ports.ids.uuid(),
        kind,
        source: actor.kind,
        intent: 'MANUAL',
        createdAt,
        ...(await marketTimeOf(rows, portfolio, createdAt)),
        legs: legs.value,
      },
      'TO_LOOK',
    );
    return succeed(await estimate(rows, data, judged));
  });
}

async function estimate(
  rows: StoreTransaction,
  data: DoorData,
  judged: JudgedRequest,
): Promise<RequestPreview> {
  const { kind, legs, standing, marketTime } = judged;
  const soldToday = await soldBefore(rows, legs);
  const previewed: PreviewedLeg[] = [];
  for (const leg of legs) previewed.push(estimateLeg(data, judged, leg, soldToday));
  const { account } = standing;
  const due = chargesDueOf(account, data.rateCards, marketTime);
  const { available } = fundsOf(account, marginRatesOn(data.marginRates, marketTime), due);
  const margin = sumOf(previewed.map((leg) => leg.margin));
  const charges = sumOfCharges(previewed.map((leg) => leg.estimate?.charges ?? null));
  return {
    kind,
    marketTime,
    legs: previewed,
    value: sumOf(previewed.map(({ value }) => value)),
    margin,
    charges,
    availableBefore: available,
    availableAfter:
      margin === null
        ? null
        : available.minus(margin).minus(totalOfChargesView(charges ?? noChargesView)),
    denial: denialOf(legs.map(({ order }) => order)),
  };
}

/** `soldToday` gets what is sold added: the depository is paid once a day for a share. */
function estimateLeg(
  data: DoorData,
  { rules, marketTime }: JudgedRequest,
  { order, instrument, judgement }: JudgedLeg,
  soldToday: Set<string>,
): PreviewedLeg {
  const { measure, marginRate, referencePrice } = judgement;
  const price = priceOf(order, referencePrice);
  const value =
    price === null ? null : contractValueOf(order.quantity, price.amount, instrument.multiplier);
  const day = exchangeDateOf(marketTime.getTime());
  const serving = data.rateCards.serving(order.product, instrument, day);
  const slices = sliceQuantity(order.quantity, instrument, rules.slicesPerOrder);
  const takesSlices = slices.ok && order.variety !== 'ICEBERG';
  let estimated: EstimatedCharges | null = null;
  if (value !== null && serving !== null) {
    const { rates, rateCardId, covered } = serving;
    const isFirstSale = order.side === 'SELL' && !soldToday.has(keyOf(order));
    if (order.side === 'SELL') soldToday.add(keyOf(order));
    estimated = {
      charges: {
        ...chargesOfOrder(rates, order.side, value),
        depositoryParticipantCharge: isFirstSale
          ? rates.depositoryParticipantCharge
          : new Decimal(0),
      },
      rateCardId,
      covered,
    };
  }
  return {
    order,
    openingQuantity: measure.openingQuantity,
    reducingQuantity: measure.reducingQuantity,
    price,
    value,
    margin: measure.requiredMargin,
    marginRate,
    estimate: estimated,
    slices: takesSlices ? slices.value : [],
  };
}

/** A limit is the worst price that an order trades at, a trigger about where one of SL-M does. */
function priceOf(order: OrderRecord, lastPrice: Decimal | null): PreviewedLeg['price'] {
  if (order.price !== null) return { amount: order.price, source: 'LIMIT' };
  if (order.type === 'SL_M' && order.triggerPrice !== null) {
    return { amount: order.triggerPrice, source: 'TRIGGER' };
  }
  return lastPrice === null ? null : { amount: lastPrice, source: 'LAST_PRICE' };
}

function keyOf({ instrumentId, product }: Pick<OrderRecord, 'instrumentId' | 'product'>): string {
  return `${instrumentId} ${product}`;
}

/** What was sold in the exchange day already: the depository has been paid for it. */
async function soldBefore(
  rows: StoreTransaction,
  legs: readonly JudgedLeg[],
): Promise<Set<string>> {
  const sale = legs.find(({ order }) => order.side === 'SELL')?.order;
  if (sale === undefined || sale.feedId === null) return new Set();
  const { portfolioId, feedId, marketTime } = sale;
  const day = exchangeDateOf(marketTime.getTime());
  const fills = await rows.portfolios.fillsOfDay(portfolioId, feedId, day);
  return new Set(fills.filter(({ side }) => side === 'SELL').map(keyOf));
}

function sumOf(amounts: readonly (Decimal | null)[]): Decimal | null {
  return amounts.reduce(
    (sum, amount) => (sum === null || amount === null ? null : sum.plus(amount)),
    new Decimal(0),
  );
}

function sumOfCharges(all: readonly (ChargesView | null)[]): ChargesView | null {
  return all.reduce<ChargesView | null>(
    (sum, charges) => (sum === null || charges === null ? null : addChargesViews(sum, charges)),
    noChargesView,
  );
}
