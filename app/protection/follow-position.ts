import { exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';
import { brokerRulesOn } from '@nandax/core/order/broker-rules.ts';
import { largestOrderOf } from '@nandax/core/order/check-terms.ts';
import type { ChangeableTerms } from '@nandax/core/order/order.ts';
import type { OrderEventType } from '@nandax/core/order/order-event.ts';
import {
  coverOf,
  exitTermsOf,
  planProtection,
  type ProtectionPhase,
  type ProtectionStep,
} from '@nandax/core/order/plan-protection.ts';
import { isClosed } from '@nandax/core/order/status.ts';
import type { Decimal } from 'decimal.js';
import { systemActor } from '../actor.ts';
import { notify } from '../notifications/notify.ts';
import { askForCancels } from '../orders/cancel-order.ts';
import { requestModification, type ModifyOrderFailure } from '../orders/modify-order.ts';
import { portfolioEvent } from '../orders/order-event.ts';
import type { DoorData } from '../orders/pass-door.ts';
import { marketTimeOf } from '../orders/session-at-door.ts';
import type { EventDraft } from '../ports/events.ts';
import type { OrderRecord } from '../ports/orders.ts';
import type { PositionPlace, ProtectionRecord } from '../ports/protections.ts';
import type { StoreTransaction } from '../ports/store.ts';
import { alertOfChange, alertOfExit, type Told } from './alerts.ts';
import { endProtection } from './end-protection.ts';
import { inTurn, stateOf, wantedUnits, type ProtectionState } from './protected-place.ts';
import {
  isNotNow,
  sendExit,
  waits,
  wasJustRefused,
  type FollowedPlace,
  type FollowPorts,
} from './send-exit.ts';
import { settleChange } from './settle-change.ts';

export type { FollowPorts } from './send-exit.ts';

/** What happened to an order, as a protection hears it. */
export interface OrderNews {
  /** The order as it is now. */
  readonly order: OrderRecord;
  /** The last thing that changed it. */
  readonly event: OrderEventType;
  /** Market time of its last execution among the news; null: it had none. */
  readonly executedAt: Date | null;
  /** Whether the broker changed its terms, among the news. */
  readonly termsChanged: boolean;
}

/**
 * News after which an exit is gone or stays as it was, though we did not want that. The regular look
 * puts it right, so that a broker who refuses a thing is not asked again at once, and again.
 */
const leftToTheNextLook: readonly OrderEventType[] = [
  'CANCELLED',
  'EXPIRED',
  'NOT_FOUND',
  'NOT_TAKEN',
  'TIMED_OUT',
  'MODIFY_REJECTED',
  'CANCEL_REJECTED',
];

/**
 * Brings the exits of the protections at a place to what is held there now, within the caller's
 * transaction and under the portfolio's lock. Called with every change of an order, and without news
 * as the regular look; `heardAt` is the market time of the ticks that brought it, null: what the
 * portfolio's clock shows. Run twice on an unchanged account it changes nothing.
 */
export async function followProtections(
  rows: StoreTransaction,
  ports: FollowPorts,
  data: DoorData,
  { portfolioId, instrumentId, product }: PositionPlace,
  news: OrderNews | null,
  heardAt: Date | null = null,
): Promise<readonly EventDraft[]> {
  const place = { portfolioId, instrumentId, product };
  const touched = await rows.protections.touchedBy(place, news?.order.id ?? null);
  if (touched.length === 0) return [];
  const portfolio = await rows.portfolios.lock(portfolioId);
  const instrument = await rows.runs.findInstrument(instrumentId);
  if (portfolio === null || instrument === null) throw new Error('a protected place is gone');
  const stored = await marketTimeOf(rows, portfolio, ports.clock.now());
  const clock = heardAt === null ? stored : { marketTime: heardAt, beforeStart: false };
  const at = { rows, ports, data, portfolio, instrument, clock };
  const drafts: EventDraft[] = [];
  const ahead: ProtectionState[] = [];
  for (const protection of inTurn(touched)) {
    const state = await stateOf(rows, protection);
    drafts.push(...(await new Following(at, state).follow(news, ahead)));
    if (protection.status === 'ACTIVE') ahead.push(state);
  }
  return drafts;
}

/**
 * Moves a protection to another phase where it has units to leave; what follows is asked at once. A
 * stop that rests leaves by itself when its price trades; one that could not be placed today waits
 * with us, and then leaves at the market.
 */
export async function enterPhase(
  rows: StoreTransaction,
  ports: FollowPorts,
  data: DoorData,
  protection: ProtectionRecord,
  phase: ProtectionPhase,
  heardAt: Date,
): Promise<readonly EventDraft[]> {
  const { open, working } = await stateOf(rows, protection);
  const restsItself = protection.phase === 'STOP' && phase === 'EXIT' && working.length > 0;
  if (open.isZero() || restsItself) return [];
  await rows.protections.save({ ...protection, phase, updatedAt: ports.clock.now() });
  const drafts = await followProtections(rows, ports, data, protection, null, heardAt);
  return [portfolioEvent(protection.portfolioId), ...drafts];
}

/** One protection and what it follows. */
class Following {
  readonly #drafts: EventDraft[] = [];
  #protection: ProtectionRecord;

  constructor(
    private readonly at: FollowedPlace,
    private readonly state: ProtectionState,
  ) {
    this.#protection = state.protection;
  }

  async follow(
    news: OrderNews | null,
    ahead: readonly ProtectionState[],
  ): Promise<readonly EventDraft[]> {
    const { entry, exits, open, working } = this.state;
    if (this.#protection.status !== 'ACTIVE') {
      // A trade of the exchange is a fact, even when the word that ended the entry overtook it.
      const revived = this.#protection.status === 'ENDED' && news?.event === 'EXECUTED';
      if (!revived || open.isZero()) return [];
      await this.#save({ status: 'ACTIVE', endReason: null });
    }
    if (news !== null && news.order.id === entry?.id && news.executedAt !== null) {
      await this.#save({ watchedFrom: news.executedAt });
    }
    const settled = await settleChange(this.at, this.state, this.#protection);
    this.#protection = settled.protection;
    this.#drafts.push(...settled.drafts);
    // The trigger of a CO can be changed while it works.
    const cover = entry === null ? null : coverOf(entry);
    if (news?.termsChanged === true && news.order.id === entry?.id && cover !== null) {
      const { stopPrice } = cover;
      if (!stopPrice.equals(this.#protection.stopPrice)) await this.#save({ stopPrice });
    }
    if (this.#isOver()) {
      await this.#end();
      return this.#drafts;
    }
    const own = news !== null && exits.some(({ id }) => id === news.order.id);
    if (own && news.order.status === 'REJECTED') {
      const again = this.#protection.phase !== 'EXIT';
      await this.#failed(news.order);
      if (!again) return this.#drafts;
    } else if (own && leftToTheNextLook.includes(news.event)) {
      return this.#drafts;
    }
    await this.#act(wantedUnits(this.state, ahead, await this.#workingHere()), working);
    return this.#drafts;
  }

  /** Whether nothing is left to protect, nor can come. */
  #isOver(): boolean {
    const { entry, open, working } = this.state;
    return open.isZero() && working.length === 0 && (entry === null || isClosed(entry.status));
  }

  async #end(): Promise<void> {
    const { entry } = this.state;
    const reason =
      entry?.filledQuantity.isZero() === true
        ? `The entry is ${entry.status} and did not fill.`
        : 'The position was left.';
    this.#drafts.push(await endProtection(this.at.rows, this.at.ports, this.#protection, reason));
  }

  async #act(wanted: Decimal, working: readonly OrderRecord[]): Promise<void> {
    const date = exchangeDateOf(this.at.clock.marketTime.getTime());
    const { modificationsPerOrder } = brokerRulesOn(this.at.data.brokerRules, date);
    const largestOrder = largestOrderOf(this.at.instrument);
    const terms = exitTermsOf(this.#protection.phase, this.#protection, this.at.instrument);
    const limits = { largestOrder, modificationsPerOrder };
    for (const step of planProtection(wanted, terms, working, limits)) {
      await this.#take(step, working);
    }
  }

  async #take(step: ProtectionStep, working: readonly OrderRecord[]): Promise<void> {
    const { rows, ports, data, portfolio } = this.at;
    if (step.kind === 'PLACE') {
      await this.#place(step.quantity);
      return;
    }
    const order = working.find(({ id }) => id === step.orderId);
    if (order === undefined) return;
    if (step.kind === 'CANCEL') {
      const { drafts } = await askForCancels(rows, ports, [order], systemActor);
      this.#drafts.push(...drafts);
      return;
    }
    const change = { order, terms: step.terms, actor: systemActor };
    const asked = await requestModification(rows, ports, data, portfolio, change);
    if (asked.ok) this.#drafts.push(asked.value.draft);
    else await this.#unchanged(order, step.terms, asked.failure);
  }

  /** The door refused a change of what rests, which rests on as it was: its user is told, once. */
  async #unchanged(
    order: OrderRecord,
    terms: ChangeableTerms,
    failure: ModifyOrderFailure,
  ): Promise<void> {
    if ('code' in failure && isNotNow(failure.code)) return;
    const told = alertOfChange(order, terms, failure, this.at.instrument);
    const { userId } = this.#protection;
    const since = order.updatedAt;
    if (await this.at.rows.notifications.wasTold({ userId, ...told, since })) return;
    await this.#alert(told);
  }

  /** An exit that the door refuses leaves the position at the market, and its user is told. */
  async #place(quantity: Decimal): Promise<void> {
    if (this.at.portfolio.tradingState === 'HALTED') return;
    if (wasJustRefused(this.at, this.#protection, this.state.exits)) return;
    const order = await this.#send(quantity);
    if (order.status !== 'DENIED' || waits(order)) return;
    const { phase } = this.#protection;
    await this.#failed(order);
    if (phase !== 'EXIT') await this.#send(quantity);
  }

  async #send(quantity: Decimal): Promise<OrderRecord> {
    const { order, drafts } = await sendExit(this.at, this.#protection, quantity);
    this.#drafts.push(...drafts);
    return order;
  }

  /** The position is to leave at the market from now on, and its user is told. */
  async #failed(order: OrderRecord): Promise<void> {
    const { phase } = this.#protection;
    if (phase !== 'EXIT') await this.#save({ phase: 'EXIT' });
    await this.#alert(alertOfExit(order, phase, this.at.instrument));
  }

  async #alert(told: Told): Promise<void> {
    const { rows, ports } = this.at;
    const note = { userId: this.#protection.userId, ...told, at: ports.clock.now() };
    this.#drafts.push(await notify(rows, ports.ids, note));
  }

  async #save(change: Partial<ProtectionRecord>): Promise<void> {
    this.#protection = { ...this.#protection, ...change, updatedAt: this.at.ports.clock.now() };
    await this.at.rows.protections.save(this.#protection);
    this.#drafts.push(portfolioEvent(this.at.portfolio.id));
  }

  #workingHere(): Promise<readonly OrderRecord[]> {
    return this.at.rows.orders.working(this.at.portfolio.id);
  }
}
