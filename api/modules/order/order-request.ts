import { Arg, Ctx, ID, ObjectType, Query, Resolver, Root } from 'type-graphql';
import type { OrderRequestView, OrderView } from '@nandax/app/views/order.ts';
import { legStateOf, requestStateOf } from '@nandax/core/order/leg-state.ts';
import { Access, Derived, Visible } from '../../access/declare.ts';
import { OWNER, READ, SIGNED_IN } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { findOwnOf } from '../../relay/find-own.ts';
import { Node } from '../../relay/node.ts';
import { DateTime } from '../../scalars/scalars.ts';
import { OrderRequestKind, OrderRequestState, OrderSource } from './order-terms.ts';
import { Order } from './order.ts';

@ObjectType({
  implements: Node,
  description: 'What was asked for under one idempotency key: one order, or several.',
})
export class OrderRequest implements Partial<OrderRequestView> {
  @Visible(OWNER, () => String, 'The key it was sent with.')
  idempotencyKey!: string;

  @Visible(OWNER, () => OrderRequestKind, 'How it became its orders.')
  kind!: OrderRequestView['kind'];

  @Visible(OWNER, () => OrderSource, 'Who asked for it.')
  source!: OrderRequestView['source'];

  @Visible(OWNER, () => DateTime, 'When it was asked, by the wall clock.')
  createdAt!: Date;
}

@Resolver(() => OrderRequest)
export class OrderRequestFields {
  @Derived(OWNER, () => [Order], 'Its orders, in the order in which they leave.')
  orders(@Root() request: OrderRequestView, @Ctx() context: Context) {
    return ordersOf(request, context);
  }

  @Derived(OWNER, () => [Order], 'Those that work at the broker or have executed.')
  async liveOrders(@Root() request: OrderRequestView, @Ctx() context: Context) {
    const orders = await ordersOf(request, context);
    return orders.filter((order) => legStateOf(order) === 'LIVE');
  }

  @Derived(
    OWNER,
    () => Order,
    'The first that came to nothing by a word of the door or the broker; null: none did.',
    { nullable: true },
  )
  async stoppedBy(@Root() request: OrderRequestView, @Ctx() context: Context) {
    const orders = await ordersOf(request, context);
    return orders.find((order) => legStateOf(order) === 'VOID' && !isForAnother(order)) ?? null;
  }

  @Derived(OWNER, () => OrderRequestState, 'How it stands, by its orders.')
  async state(@Root() request: OrderRequestView, @Ctx() context: Context) {
    return requestStateOf(await ordersOf(request, context));
  }
}

@Resolver(() => Order)
export class OrderRequestOfOrder {
  @Derived(OWNER, () => OrderRequest, 'The request it belongs to, with its other orders.')
  request(@Root() order: OrderView, @Ctx() { loaders }: Context) {
    return loaders.orderRequest.load(order.orderRequestId);
  }
}

@Resolver()
export class OrderRequestQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => OrderRequest, {
    nullable: true,
    description: 'A request; null: there is none, or it is not yours.',
  })
  orderRequest(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
  ) {
    return findOwnOf(context, 'OrderRequest', id);
  }
}

async function ordersOf(
  { id }: OrderRequestView,
  { loaders }: Context,
): Promise<readonly OrderView[]> {
  return (await loaders.ordersOfRequest.load(id)) ?? [];
}

/** Whether it was denied for what became of another order of its request. */
function isForAnother({ denial }: OrderView): boolean {
  return (denial as { readonly code?: string } | null)?.code === 'OTHER_LEG';
}
