import type { OrderRequestView, OrderView } from '@nandax/app/views/order.ts';
import type { RequestState } from '@nandax/core/order/leg-state.ts';
import { enumOf } from '../../scalars/enum-of.ts';

export const OrderSide = enumOf('OrderSide', 'Which way an order trades.', {
  BUY: 'Takes units in.',
  SELL: 'Gives units out, whether held or not.',
} satisfies Record<OrderView['side'], string>);

export const OrderType = enumOf('OrderType', 'How an order is priced.', {
  MARKET: 'At the next price there is.',
  LIMIT: 'At its price or better.',
  SL: 'A limit order once its trigger price trades.',
  SL_M: 'A market order once its trigger price trades.',
} satisfies Record<OrderView['type'], string>);

export const ProductType = enumOf('ProductType', 'What becomes of the position, by Kite’s names.', {
  CNC: 'Delivery: paid in full, may be held for ever.',
  MIS: 'Intraday: on margin, closed before the session ends.',
  NRML: 'Derivatives held overnight.',
  MTF: 'Delivery on borrowed money.',
} satisfies Record<OrderView['product'], string>);

export const OrderVariety = enumOf('OrderVariety', 'By which way an order goes to the exchange.', {
  REGULAR: 'At once.',
  AMO: 'After hours, for the next session.',
  CO: 'With a compulsory stop of its own (cover order).',
  ICEBERG: 'In legs that show one at a time.',
} satisfies Record<OrderView['variety'], string>);

export const OrderValidity = enumOf('OrderValidity', 'How long an order works.', {
  DAY: 'To the end of the session.',
  IOC: 'Fills at once or is cancelled.',
  TTL: 'A number of minutes.',
} satisfies Record<OrderView['validity'], string>);

export const OrderStatus = enumOf('OrderStatus', 'The life of an order.', {
  INITIALIZED: 'Passed the risk door and written down; nothing was sent.',
  DENIED: 'Refused by NandaX; nothing was sent.',
  SUBMITTED: 'Handed to the broker, no word yet.',
  ACCEPTED: 'The broker has it.',
  PARTIALLY_FILLED: 'Some of it executed, the rest works on.',
  FILLED: 'All of it executed.',
  MODIFY_PENDING: 'A change was asked for; it may still fill, by the old terms or the new.',
  CANCEL_PENDING: 'A cancel was asked for; it may still fill.',
  CANCELLED: 'The rest was taken back; what executed before stays.',
  REJECTED: 'Refused by the broker or the exchange.',
  EXPIRED: 'The rest lapsed with its validity.',
  UNKNOWN: 'The broker did not answer; it is being asked and never sent again.',
  NOT_PLACED: 'The broker did not answer and does not know it.',
} satisfies Record<OrderView['status'], string>);

export const OrderSource = enumOf('OrderSource', 'Who asked for an order.', {
  USER: 'A person.',
  API_KEY: 'A program of the user.',
  AGENT: 'An agent, by a decision of its run.',
  WEBHOOK: 'A call from outside.',
  SQUARE_OFF: 'The end of the intraday session.',
  KILL_SWITCH: 'The kill switch.',
  PROTECTIVE_STOP: 'NandaX, to protect a position.',
  GTT: 'A trigger of the user (good till triggered).',
} satisfies Record<OrderView['source'], string>);

export const OrderRequestKind = enumOf('OrderRequestKind', 'How one request became its orders.', {
  SINGLE: 'One order.',
  SLICED: 'One order that was cut at the freeze quantity.',
  BASKET: 'Orders that leave one after the other, those that buy first.',
  BRACKET: 'An order with those that protect it.',
  EXIT: 'Orders that leave what is held; each stands for itself.',
} satisfies Record<OrderRequestView['kind'], string>);

export const OrderRequestState = enumOf('OrderRequestState', 'How a request stands.', {
  UNDER_WAY: 'An order of it has not left, or its broker has not answered.',
  LIVE: 'Every order works at the broker or has executed.',
  PARTLY_LIVE: 'Some orders work or have executed; the others came to nothing.',
  DENIED: 'The risk door refused it; nothing was sent.',
  VOID: 'Every order came to nothing.',
} satisfies Record<RequestState, string>);
