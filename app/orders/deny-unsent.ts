import { transition } from '@nandax/core/order/transition.ts';
import { describeDenial, type Denial } from '@nandax/core/risk/denial.ts';
import { systemActor } from '../actor.ts';
import { handOverAfter } from '../agents/hand-over.ts';
import { snapshot } from '../events/snapshot.ts';
import { notify } from '../notifications/notify.ts';
import type { NotificationRecord } from '../ports/notifications.ts';
import type { OrderRecord } from '../ports/orders.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { followUpLegs } from './follow-up-legs.ts';
import { orderEvent } from './order-event.ts';

/** What the user reads about an order that ended before it left. */
type Note = Pick<NotificationRecord, 'level' | 'title' | 'body'>;

/**
 * Ends an order that passed the door and has not left, with the numbers that decided, and tells its
 * user; the legs that hang on it follow. The caller holds the portfolio's lock. False: it is no
 * longer waiting to leave, and nothing was done.
 */
export async function denyUnsent(
  rows: StoreTransaction,
  ports: Pick<TradingPorts, 'ids' | 'clock'>,
  order: OrderRecord,
  denial: Denial,
  noteOf: (after: OrderRecord) => Note,
): Promise<boolean> {
  const event = { type: 'DENIED', reason: describeDenial(denial) } as const;
  const denied = transition(order, event);
  if (!denied.ok) return false;
  const now = ports.clock.now();
  const after = { ...order, ...denied.value, denial: snapshot(denial), updatedAt: now };
  await rows.orders.save(after, event);
  const { id, clientOrderId, userId } = after;
  await rows.audit.append(
    [
      {
        chain: userId,
        action: 'ORDER_DENIED',
        actor: systemActor,
        entity: 'Order',
        entityId: id,
        after: { clientOrderId, denial: after.denial },
      },
    ],
    now,
  );
  const draft = await notify(rows, ports.ids, { userId, ...noteOf(after), at: now });
  const others = await followUpLegs(rows, order, after, now);
  const left = await handOverAfter(rows, ports, after);
  await rows.events.append(userId, [orderEvent(after), draft, ...others, ...left], now);
  return true;
}
