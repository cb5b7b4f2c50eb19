import { Decimal } from 'decimal.js';
import type {
  FillView,
  GttView,
  OrderRequestView,
  OrderView,
  ProtectionChangeView,
  ProtectionView,
} from '@nandax/app/views/order.ts';
import type { TradeView } from '@nandax/app/views/portfolio.ts';
import { Prisma } from '../generated/client.ts';
import { requestedTermsOf } from '../trading/requested-terms.ts';
import { chargesOfRow } from './charges-of-row.ts';
import { decimalOf, viewMaker } from './row-to-view.ts';

import { owned, uuid, type Source } from './source.ts';
export const orders: Source<OrderView> = {
  columns: Prisma.sql`item.*, item."userId" AS "ownerId", run."agentId"`,
  from: Prisma.sql`"Order" item LEFT JOIN "Run" run ON run."id" = item."runId"`,
  idType: uuid,
  toView: viewMaker<OrderView>(
    'Order',
    {
      quantity: 'decimal',
      filledQuantity: 'decimal',
      averagePrice: 'decimal',
      referencePrice: 'decimal',
      price: 'decimal',
      triggerPrice: 'decimal',
      disclosedQuantity: 'decimal',
      marketProtectionPercent: 'decimal',
      marketTime: 'instant',
      createdAt: 'instant',
      updatedAt: 'instant',
    },
    (row) => ({
      requestedTerms: requestedTermsOf(row['requestedTerms']),
      reason: row['statusMessage'] as OrderView['reason'],
    }),
  ),
};

/** Amounts of legs as text: JSON has no decimals. */
export const gtts: Source<GttView> = {
  columns: Prisma.sql`item.*, item."userId" AS "ownerId", (
    SELECT json_agg(json_build_object(
        'number', leg."number", 'direction', leg."direction", 'orderId', leg."orderId",
        'triggerPrice', leg."triggerPrice"::text, 'price', leg."price"::text,
        'quantity', leg."quantity"::text) ORDER BY leg."number")
    FROM "GttLeg" leg WHERE leg."gttId" = item."id") AS "legs"`,
  from: Prisma.sql`"Gtt" item`,
  idType: uuid,
  toView: viewMaker<GttView>(
    'Gtt',
    {
      lastPrice: 'decimal',
      watchedFrom: 'instant',
      expiresAt: 'instant',
      endedAt: 'instant',
      createdAt: 'instant',
      updatedAt: 'instant',
    },
    (row) => ({ legs: ((row['legs'] ?? []) as readonly StoredLeg[]).map(legOf) }),
  ),
};

type GttLegView = GttView['legs'][number];

type StoredLeg = {
  readonly [K in keyof GttLegView]: GttLegView[K] extends Decimal ? string : GttLegView[K];
};

function legOf(stored: StoredLeg): GttLegView {
  const { triggerPrice, price, quantity } = stored;
  return {
    ...stored,
    triggerPrice: new Decimal(triggerPrice),
    price: new Decimal(price),
    quantity: new Decimal(quantity),
  };
}

export const orderRequests = owned(
  'OrderRequest',
  'userId',
  viewMaker<OrderRequestView>('OrderRequest', { createdAt: 'instant' }),
);

/** Its last change as JSON, amounts as text as above; instants with their offset. */
export const protections: Source<ProtectionView> = {
  columns: Prisma.sql`item.*, item."userId" AS "ownerId", (
    SELECT json_build_object(
        'status', change."status", 'reason', change."reason",
        'stopPrice', change."stopPrice"::text, 'targetPrice', change."targetPrice"::text,
        'stopPriceBefore', change."stopPriceBefore"::text,
        'targetPriceBefore', change."targetPriceBefore"::text, 'createdAt', change."createdAt")
    FROM "ProtectionChange" change WHERE change."protectionId" = item."id"
    ORDER BY change."createdAt" DESC, change."id" DESC LIMIT 1) AS "lastChange"`,
  from: Prisma.sql`"Protection" item`,
  idType: uuid,
  toView: viewMaker<ProtectionView>(
    'Protection',
    {
      stopPrice: 'decimal',
      targetPrice: 'decimal',
      watchedFrom: 'instant',
      createdAt: 'instant',
      updatedAt: 'instant',
    },
    (row) => ({ lastChange: changeOf((row['lastChange'] ?? null) as StoredChange | null) }),
  ),
};

type StoredChange = {
  readonly [K in keyof ProtectionChangeView]: ProtectionChangeView[K] extends Date
    ? string
    : ProtectionChangeView[K] extends Decimal | null
      ? string | Extract<ProtectionChangeView[K], null>
      : ProtectionChangeView[K];
};

function changeOf(stored: StoredChange | null): ProtectionChangeView | null {
  if (stored === null) return null;
  const { stopPrice, targetPrice, stopPriceBefore, targetPriceBefore, createdAt } = stored;
  return {
    ...stored,
    stopPrice: new Decimal(stopPrice),
    targetPrice: decimalOf(targetPrice),
    stopPriceBefore: new Decimal(stopPriceBefore),
    targetPriceBefore: decimalOf(targetPriceBefore),
    createdAt: new Date(createdAt),
  };
}

export const fills = owned(
  'Fill',
  'userId',
  viewMaker<FillView>(
    'Fill',
    { quantity: 'decimal', price: 'decimal', executedAt: 'instant' },
    (row) => ({ charges: chargesOfRow(row) }),
  ),
);

export const trades = owned(
  'Trade',
  'userId',
  viewMaker<TradeView>(
    'Trade',
    {
      quantity: 'decimal',
      entryPrice: 'decimal',
      entryAt: 'instant',
      exitPrice: 'decimal',
      exitAt: 'instant',
      grossPnl: 'decimal',
      createdAt: 'instant',
    },
    (row) => ({ charges: chargesOfRow(row) }),
  ),
);
