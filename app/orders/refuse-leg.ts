import type { BrokerRules } from '@nandax/core/order/broker-rules.ts';
import { checkBand, describeBandDenial, type BandDenial } from '@nandax/core/order/check-band.ts';
import {
  checkTerms,
  describeTermsDenial,
  type TermsDenial,
} from '@nandax/core/order/check-terms.ts';
import { describeSessionDenial, type SessionDenial } from '@nandax/core/order/check-session.ts';
import { sliceQuantity } from '@nandax/core/order/slice-quantity.ts';
import { describeDenial, type Denial } from '@nandax/core/risk/denial.ts';
import type { RiskScope } from '@nandax/core/risk/risk-limits.ts';
import { Decimal } from 'decimal.js';
import type { OrderRequestKind } from '../ports/orders.ts';
import type { LockedPortfolio } from '../ports/portfolios.ts';
import type { Judgement } from '../risk/judge-order.ts';
import type { AskedAtDoor, DoorData, LegAtDoor } from './pass-door.ts';
import { keepsCutOff, sessionDenialOf } from './session-at-door.ts';

type AnyDenial = Denial | TermsDenial | SessionDenial | BandDenial;

/** Why an order may not leave: code and numbers, and the sentence for people. */
export interface Refusal {
  readonly denial: AnyDenial & { readonly scope: RiskScope | null };
  readonly reason: string;
}

/** Where a leg stands in its request. */
export interface LegPlace {
  readonly kind: OrderRequestKind;
  /** From 1. */
  readonly legNumber: number;
  /** How many the request has. */
  readonly legs: number;
}

/**
 * The legs that leave for one: its slices where it may be cut, else itself. What cannot be cut stays
 * whole, and `refusalOf` says why. A slice discloses at most itself.
 */
export function slicesOf(leg: LegAtDoor, rules: BrokerRules): readonly LegAtDoor[] {
  if (leg.autoSlice !== true) return [leg];
  const { terms, instrument } = leg;
  const slices = sliceQuantity(terms.quantity, instrument, rules.slicesPerOrder);
  if (!slices.ok) return [leg];
  return slices.value.map((quantity) => ({
    ...leg,
    terms: { ...terms, quantity, disclosedQuantity: leastOf(terms.disclosedQuantity, quantity) },
  }));
}

function leastOf(disclosed: Decimal | null, quantity: Decimal): Decimal | null {
  return disclosed === null ? null : Decimal.min(disclosed, quantity);
}

/** What the legs of a request are held against. */
export interface Bench {
  readonly data: DoorData;
  readonly rules: BrokerRules;
  readonly portfolio: LockedPortfolio;
  readonly request: AskedAtDoor;
}

/**
 * Why a leg may not leave: what risk allows, then when the market takes it, then what broker and
 * exchange take. Null: it may. Of several legs the sentence says which one it was.
 */
export function refusalOf(
  { data, rules, portfolio, request }: Bench,
  leg: LegAtDoor,
  { verdict, referencePrice, dayRange }: Judgement,
  place: LegPlace,
): Refusal | null {
  if (!verdict.ok) {
    return refuse(verdict.failure, describeDenial(verdict.failure), place);
  }
  const { marketTime, beforeStart = false, source } = request;
  const opens =
    !leg.reduceOnly &&
    keepsCutOff(source, leg.run?.id ?? null) &&
    verdict.value.openingQuantity.greaterThan(0);
  const outOfHours = sessionDenialOf(
    data.markets,
    portfolio,
    leg.instrument,
    { marketTime, beforeStart },
    { terms: leg.terms, opens, changes: false },
  );
  if (outOfHours !== null) return refuse(outOfHours, describeSessionDenial(outOfHours), place);
  const denial = checkTerms(leg.terms, leg.instrument, rules, referencePrice);
  if (denial === null) return outOfBand(leg, dayRange, place);
  const { code } = denial;
  if (code !== 'FREEZE_QUANTITY') return refuse(denial, describeTermsDenial(denial), place);

  const slices = sliceQuantity(leg.terms.quantity, leg.instrument, rules.slicesPerOrder);
  if (leg.autoSlice === true && !slices.ok) {
    return refuse(slices.failure, describeTermsDenial(slices.failure), place);
  }
  const sentence = describeTermsDenial(denial);
  const cut = slices.ok && leg.terms.variety !== 'ICEBERG';
  const how = cut ? ` With autoSlice it leaves as ${slices.value.length} orders.` : '';
  return refuse(denial, `${sentence}${how}`, place);
}

/** What is for the next session will have another range. */
function outOfBand(
  { terms }: LegAtDoor,
  dayRange: Judgement['dayRange'],
  place: LegPlace,
): Refusal | null {
  const denial = terms.variety === 'AMO' ? null : checkBand(terms, dayRange);
  return denial === null ? null : refuse(denial, describeBandDenial(denial), place);
}

function refuse(denial: AnyDenial, sentence: string, { kind, legNumber, legs }: LegPlace): Refusal {
  const word = kind === 'SLICED' ? 'Slice' : 'Leg';
  return {
    denial: { ...denial, scope: 'scope' in denial ? denial.scope : null },
    reason: legs === 1 ? sentence : `${word} ${legNumber} of ${legs}: ${sentence}`,
  };
}

/** Why a leg does not leave although nothing speaks against itself. */
export function otherLegRefusal(otherLeg: number): Refusal {
  const denial: TermsDenial = { code: 'OTHER_LEG', limit: null, actual: new Decimal(otherLeg) };
  return { denial: { ...denial, scope: null }, reason: describeTermsDenial(denial) };
}
