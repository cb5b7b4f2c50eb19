import {
  giveBackOrders,
  takeRead,
  takeTraffic,
  type TrafficCall,
  type TrafficClass,
  type TrafficLimits,
  type TrafficVerdict,
} from '@nandax/core/traffic/traffic.ts';
import type { BrokerTraffic } from '../ports/broker.ts';
import type { OrderRecord, OrderSource } from '../ports/orders.ts';
import { JobHeld } from '../ports/queue.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';

export type TrafficPorts = Pick<TradingPorts, 'traffic' | 'clock'>;

const sourcesOfExits: readonly OrderSource[] = ['KILL_SWITCH', 'SQUARE_OFF', 'PROTECTIVE_STOP'];

/** Whether an order goes before others to its broker. */
export function trafficClassOf({
  reducing,
  source,
}: Pick<OrderRecord, 'reducing' | 'source'>): TrafficClass {
  return reducing || sourcesOfExits.includes(source) ? 'EXIT' : 'ENTRY';
}

/** What a new order is to its broker's count: an iceberg's legs count one by one (domain 1.4). */
export function callOf(order: OrderRecord): TrafficCall {
  return { class: trafficClassOf(order), orders: order.icebergLegs ?? 1 };
}

/** A call that may leave now. */
export interface TrafficPass {
  /** Wall clock. */
  readonly takenAt: Date;
  readonly limits: TrafficLimits;
}

type DayFull = Extract<TrafficVerdict, { readonly kind: 'DAY_FULL' }>;

/**
 * Asks whether a call may leave for a broker's account now, and counts it if so. Throws JobHeld
 * where it has to wait. Once it left it stays counted, whatever becomes of it.
 */
export async function passTraffic(
  ports: TrafficPorts,
  traffic: BrokerTraffic,
  call: TrafficCall,
): Promise<TrafficPass | DayFull> {
  const { account } = traffic;
  for (;;) {
    const kept = await ports.traffic.read(account);
    const takenAt = ports.clock.now();
    const limits = await traffic.limitsAt(takenAt);
    const taken = takeTraffic(kept?.counts ?? null, call, limits, takenAt.getTime());
    // Of those who ask at once one is first; the others look again.
    if (!(await ports.traffic.replace(account, kept, taken.counts))) continue;
    const { verdict } = taken;
    if (verdict.kind === 'GO') return { takenAt, limits };
    if (verdict.kind === 'DAY_FULL') return verdict;
    throw new JobHeld(new Date(verdict.until), `The broker's limits hold a call of ${account}.`);
  }
}

/**
 * As `passTraffic`, for a question: its second is apart from that of orders, and those about exits go
 * first. A broker without limits takes all.
 */
export async function passRead(
  ports: TrafficPorts,
  traffic: BrokerTraffic | null,
  of: TrafficClass,
): Promise<void> {
  if (traffic === null) return;
  const { account } = traffic;
  for (;;) {
    const kept = await ports.traffic.read(account);
    const now = ports.clock.now();
    const limits = await traffic.limitsAt(now);
    const { verdict, counts } = takeRead(kept?.counts ?? null, of, limits, now.getTime());
    if (!(await ports.traffic.replace(account, kept, counts))) continue;
    if (verdict.kind === 'GO') return;
    throw new JobHeld(
      new Date(verdict.until),
      `The broker's limits hold a question of ${account}.`,
    );
  }
}

/** Takes the orders of a call out of the day's count again: it was let go and did not leave. */
export async function returnPass(
  ports: TrafficPorts,
  { account }: BrokerTraffic,
  call: TrafficCall,
): Promise<void> {
  for (;;) {
    const kept = await ports.traffic.read(account);
    if (kept === null) return;
    if (await ports.traffic.replace(account, kept, giveBackOrders(kept.counts, call))) return;
  }
}

/** As `passTraffic`, for a change or a cancel, which no day's cap ends; a broker without limits takes all. */
export async function passChange(
  ports: TrafficPorts,
  traffic: BrokerTraffic | null,
  of: TrafficClass,
): Promise<void> {
  if (traffic !== null) await passTraffic(ports, traffic, { class: of, orders: 0 });
}
