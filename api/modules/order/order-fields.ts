import { isCancellable, isChangeable } from '@nandax/core/order/status.ts';
import { Ctx, Resolver, Root } from 'type-graphql';
import { isProtective } from '@nandax/app/ports/orders.ts';
import type { OrderView } from '@nandax/app/views/order.ts';
import { Derived } from '../../access/declare.ts';
import { OWNER } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { Agent } from '../agent/agent.ts';
import { Instrument } from '../instrument/instrument.ts';
import { Portfolio } from '../portfolio/portfolio.ts';
import { Denial, denialOfOrder, type DenialView } from './denial.ts';
import { Fill, Order, OrderEvent } from './order.ts';

@Resolver(() => Order)
export class OrderFields {
  @Derived(OWNER, () => Instrument, 'What it trades.')
  instrument(@Root() order: OrderView, @Ctx() { loaders }: Context) {
    return loaders.instrument.load(order.instrumentId);
  }

  @Derived(OWNER, () => Portfolio, 'For which portfolio.')
  portfolio(@Root() order: OrderView, @Ctx() { loaders }: Context) {
    return loaders.portfolio.load(order.portfolioId);
  }

  @Derived(OWNER, () => Agent, 'Which agent asked for it; null: none did.', { nullable: true })
  agent(@Root() order: OrderView, @Ctx() { loaders }: Context) {
    return order.agentId === null ? null : loaders.agent.load(order.agentId);
  }

  @Derived(
    OWNER,
    () => Boolean,
    'Whether `modifyOrder` can ask for other terms now; an exit of a protection follows its prices instead.',
  )
  changeable(@Root() order: OrderView) {
    return isChangeable(order.status) && !isProtective(order);
  }

  @Derived(
    OWNER,
    () => Boolean,
    'Whether `cancelOrder` can take its rest back now; the stop of a cover order stays.',
  )
  async cancellable(@Root() order: OrderView, @Ctx() { loaders }: Context) {
    if (!isCancellable(order.status)) return false;
    if (!isProtective(order) || order.parentOrderId === null) return true;
    return (await loaders.order.load(order.parentOrderId))?.variety !== 'CO';
  }

  @Derived(OWNER, () => Denial, 'Why the door refused it, with the numbers; null: it did not.', {
    nullable: true,
  })
  denial(@Root() order: OrderView): DenialView | null {
    return denialOfOrder(order);
  }

  @Derived(OWNER, () => [OrderEvent], 'Everything that happened to it, in order.')
  async events(@Root() order: OrderView, @Ctx() { loaders }: Context) {
    return (await loaders.eventsOfOrder.load(order.id)) ?? [];
  }

  @Derived(OWNER, () => [Fill], 'Its executions, in order.')
  async fills(@Root() order: OrderView, @Ctx() { loaders }: Context) {
    return (await loaders.fillsOfOrder.load(order.id)) ?? [];
  }
}
