import { Ctx, Resolver, Root } from 'type-graphql';
import type { OrderView } from '@nandax/app/views/order.ts';
import { Derived } from '../../access/declare.ts';
import { OWNER } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { Agent } from '../agent/agent.ts';
import { Instrument } from '../instrument/instrument.ts';
import { Portfolio } from '../portfolio/portfolio.ts';
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

  @Derived(OWNER, () => [OrderEvent], 'Everything that happened to it, in order.')
  async events(@Root() order: OrderView, @Ctx() { loaders }: Context) {
    return (await loaders.eventsOfOrder.load(order.id)) ?? [];
  }

  @Derived(OWNER, () => [Fill], 'Its executions, in order.')
  async fills(@Root() order: OrderView, @Ctx() { loaders }: Context) {
    return (await loaders.fillsOfOrder.load(order.id)) ?? [];
  }
}
