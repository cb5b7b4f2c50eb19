import { randomUUID } from 'node:crypto';
import type { Plot } from './person.ts';
import type { Given, Value } from './planter.ts';
import { components } from './plant-money.ts';

const held = {
  status: 'OPEN',
  exitPrice: null,
  exitAt: null,
  exitReason: null,
  exitRequestId: null,
  grossPnl: null,
} as const;

/** A change that the broker has not answered about; amounts are texts there. */
function requestedTermsOf(planter: Plot['planter'], number: number): Value {
  const amount = () => planter.amount('Order.requestedTerms').toFixed();
  return {
    type: 'SL',
    validity: 'TTL',
    validityMinutes: Number(
      planter.mark(planter.amount('Order.requestedTerms').toFixed(0), 'Order.requestedTerms'),
    ),
    quantity: amount(),
    price: amount(),
    triggerPrice: amount(),
    disclosedQuantity: amount(),
    marketProtectionPercent: `${number}.25`,
  };
}

/** Why the door refused an order; amounts and instants are texts there. */
function denialOf(planter: Plot['planter']): Value {
  return {
    code: 'MAX_ORDER_VALUE',
    limit: planter.amount('Order.denial').toFixed(),
    actual: planter.amount('Order.denial').toFixed(),
    scope: 'USER',
    phase: 'CLOSED',
    until: planter.instant('Order.denial').toISOString(),
  };
}

/** Orders of a person with what follows from them: fills, trades, protections and GTTs. */
export function plantOrders({ planter, signature, ids, day }: Plot): void {
  const id = (row: string) => ids[row] ?? '';
  const clientOrderId = planter.mark(
    `PLANT${signature.name}${id('order').replaceAll('-', '')}`.slice(0, 20),
    'Order.clientOrderId',
  );
  const quantity = planter.amount('Order.quantity');
  const feedId = id('replay');
  const instrumentId = id('instrument');
  const terms = { side: 'BUY', type: 'MARKET', product: 'MIS' } as const;
  planter.row('OrderRequest', {
    id: id('orderRequest'),
    userId: id('user'),
    kind: 'SINGLE',
    source: 'AGENT',
  });
  planter.row('RefusedRequest', { userId: id('user'), subject: 'ORDERS' });
  const whose = {
    userId: id('user'),
    portfolioId: id('portfolio'),
    orderRequestId: id('orderRequest'),
    instrumentId,
  };
  // Beside it one that its broker refused, which its request shows.
  planter.row('Order', {
    ...terms,
    ...whose,
    id: id('rejectedOrder'),
    runId: null,
    agentDecisionId: null,
    feedId,
    clientOrderId: planter.mark(
      `PLANX${signature.name}${id('rejectedOrder').replaceAll('-', '')}`.slice(0, 20),
      'Order.clientOrderId',
    ),
    source: 'AGENT',
    validity: 'DAY',
    variety: 'REGULAR',
    quantity: planter.amount('Order.quantity'),
    filledQuantity: '0',
    marketProtectionPercent: null,
    tag: null,
    legNumber: 2,
    parentOrderId: null,
    requestedTerms: null,
    denial: null,
    status: 'REJECTED',
  });
  planter.row('Order', {
    ...terms,
    ...whose,
    id: id('order'),
    runId: id('paperRun'),
    agentDecisionId: id('decision'),
    feedId,
    clientOrderId,
    source: 'AGENT',
    validity: 'DAY',
    variety: 'REGULAR',
    quantity,
    filledQuantity: quantity.minus('0.25'),
    marketProtectionPercent: `${signature.number}.5`,
    tag: planter.mark(`Mark ${signature.name}`, 'Order.tag'),
    legNumber: 1,
    parentOrderId: null,
    reduceOnly: false,
    requestedTerms: requestedTermsOf(planter, signature.number),
    denial: denialOf(planter),
    status: 'FILLED',
  });
  planter.row('OrderEvent', {
    orderId: id('order'),
    event: { type: planter.text('OrderEvent.event') },
    statusAfter: 'FILLED',
  });
  const charges: Given = Object.fromEntries(
    components.map((name) => [name, planter.amount(`Fill.${name}`)]),
  );
  planter.row('Fill', {
    ...charges,
    id: id('fill'),
    orderId: id('order'),
    userId: id('user'),
    portfolioId: id('portfolio'),
    runId: id('paperRun'),
    instrumentId,
    feedId,
    side: 'BUY',
    product: 'MIS',
    tradingDay: day,
    contractNoteId: id('note'),
  });
  for (const trade of [
    { id: id('trade'), portfolioId: id('portfolio'), runId: id('paperRun'), agentId: id('agent') },
    { id: randomUUID(), portfolioId: null, runId: id('backtest'), agentId: null },
    { id: randomUUID(), portfolioId: id('portfolio'), runId: id('liveRun'), agentId: id('agent') },
    { id: randomUUID(), portfolioId: id('portfolio'), runId: null, agentId: null },
  ]) {
    planter.row('Trade', {
      ...trade,
      userId: id('user'),
      instrumentId,
      product: 'MIS',
      direction: 'LONG',
      entryRequestId: trade.portfolioId === null ? null : id('orderRequest'),
      exitRequestId: trade.portfolioId === null ? null : id('orderRequest'),
      status: 'CLOSED',
      // One is held, so that there is exposure, and one for delivery, so that there is a holding.
      ...(trade.runId === id('liveRun') ? held : {}),
      ...(trade.runId === null ? { ...held, product: 'CNC' } : {}),
    });
  }
  planter.row('Protection', {
    id: id('protection'),
    userId: id('user'),
    portfolioId: id('portfolio'),
    instrumentId,
    feedId,
    entryOrderId: id('order'),
    side: 'SELL',
    // Of another product than what is planted as held.
    product: 'CNC',
    status: 'ACTIVE',
    phase: 'STOP',
  });
  planter.row('ProtectionChange', {
    id: randomUUID(),
    userId: id('user'),
    protectionId: id('protection'),
    status: 'REFUSED',
    phaseBefore: 'STOP',
  });
  planter.row('ProtectionOrder', { orderId: id('order'), protectionId: id('protection') });
  planter.row('Gtt', {
    id: id('gtt'),
    userId: id('user'),
    portfolioId: id('portfolio'),
    instrumentId,
    feedId,
    side: 'BUY',
    product: 'CNC',
    status: 'ACTIVE',
  });
  planter.row('GttLeg', {
    gttId: id('gtt'),
    number: signature.number,
    direction: 'AT_OR_ABOVE',
    orderId: id('order'),
  });
  planter.row('SimulatedOrder', {
    ...terms,
    clientOrderId,
    feedId,
    portfolioId: id('portfolio'),
    instrumentId,
    quantity,
    filledQuantity: quantity,
    marketProtectionPercent: `${signature.number}.5`,
    status: 'COMPLETE',
  });
  planter.row('SimulatedExecution', { clientOrderId });
}
