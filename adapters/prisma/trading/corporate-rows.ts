import type {
  CorporateActionRecord,
  CorporateRows,
  DueAction,
} from '@nandax/app/ports/corporate.ts';
import {
  adjustmentFactorOn,
  compareActions,
  type CorporateAction,
} from '@nandax/core/corporate/corporate-action.ts';
import type { Exchange, Prisma } from '../generated/client.ts';
import { startOnFeed } from '../reads/epoch.ts';
import { dateColumn, dayOf, exact, exactOrNull } from './exact.ts';
import type { TransactionClient } from './transaction-client.ts';

type ActionRow = Prisma.CorporateActionGetPayload<object>;

/** The action that a row states. */
export function actionOf(row: ActionRow): CorporateAction {
  const { kind, unitsAfter, unitsBefore } = row;
  const exDate = dayOf(row.exDate);
  // The table's check asks for the amount of a dividend and of nothing else.
  return kind === 'DIVIDEND'
    ? { kind, exDate, cashPerUnit: exact(row.cashPerUnit ?? 0) }
    : { kind, exDate, unitsAfter, unitsBefore, fractionPrice: exactOrNull(row.fractionPrice) };
}

export function corporateRows(client: TransactionClient): CorporateRows {
  return {
    async due(portfolioId, feedId, day) {
      const rows = await client.$queryRaw<{ actionId: string; tradeId: string; replay: boolean }[]>`
        SELECT action."id" AS "actionId", trade."id" AS "tradeId",
          feed."kind" IS NOT DISTINCT FROM 'REPLAY' AS "replay"
        FROM "Trade" trade
        JOIN "Portfolio" portfolio ON portfolio."id" = trade."portfolioId"
        JOIN "CorporateAction" action ON action."instrumentId" = trade."instrumentId"
        LEFT JOIN "Feed" feed ON feed."id" = ${feedId}::uuid
        WHERE trade."portfolioId" = ${portfolioId}::uuid AND trade."status" = 'OPEN'
          AND action."exDate" <= ${day}::date
          AND (trade."entryAt" AT TIME ZONE 'Asia/Kolkata')::date < action."exDate"
          -- What was entered under another clock was not held on this one's ex-date.
          AND trade."createdAt" >= ${startOnFeed}
          AND (action."kind" = 'DIVIDEND' OR feed."kind" IS DISTINCT FROM 'REPLAY')
          AND NOT EXISTS (
            SELECT FROM "CorporateEntitlement" given
            WHERE given."actionId" = action."id" AND given."tradeId" = trade."id")`;
      if (rows.length === 0) return [];
      return dueOf(client, rows);
    },

    async insertEntitlements(entitlements) {
      await client.corporateEntitlement.createMany({
        data: entitlements.map((entitlement) => ({
          ...entitlement,
          unitsBefore: entitlement.unitsBefore.toFixed(),
          unitsAfter: entitlement.unitsAfter.toFixed(),
          cash: entitlement.cash.toFixed(2),
        })),
      });
    },

    async findInstrument(exchange, tradingSymbol) {
      return client.instrument.findFirst({
        where: { ownerId: null, exchange: exchange as Exchange, tradingSymbol },
        select: { id: true },
      });
    },

    async find(instrumentId, kind, exDate) {
      const key = { instrumentId, kind, exDate: dateColumn(exDate) };
      const row = await client.corporateAction.findUnique({
        where: { instrumentId_exDate_kind: key },
      });
      return row === null ? null : recordOf(row);
    },

    async countDividends(instrumentIds, after, through) {
      return client.corporateAction.count({
        where: {
          instrumentId: { in: [...instrumentIds] },
          kind: 'DIVIDEND',
          exDate: { gt: dateColumn(after), lte: dateColumn(through) },
        },
      });
    },

    async insert({ action, ...columns }) {
      const { kind, exDate, ...terms } = action;
      await client.corporateAction.create({
        data: {
          ...columns,
          kind,
          exDate: dateColumn(exDate),
          ...('cashPerUnit' in terms
            ? { cashPerUnit: terms.cashPerUnit.toFixed() }
            : { ...terms, fractionPrice: terms.fractionPrice?.toFixed() ?? null }),
        },
      });
    },
  };
}

function recordOf(row: ActionRow): CorporateActionRecord {
  const { id, instrumentId, source, createdAt } = row;
  return { id, instrumentId, source, createdAt, action: actionOf(row) };
}

async function dueOf(
  client: TransactionClient,
  rows: readonly {
    readonly actionId: string;
    readonly tradeId: string;
    readonly replay: boolean;
  }[],
): Promise<readonly DueAction[]> {
  const ids = new Set(rows.map(({ actionId }) => actionId));
  // Those of the same instruments too, since later ones restate the units of a replay.
  const known = await client.corporateAction.findMany({
    where: { instrument: { corporateActions: { some: { id: { in: [...ids] } } } } },
  });
  const replay = rows.some((row) => row.replay);
  return known
    .filter(({ id }) => ids.has(id))
    .map((row) => {
      const { id, instrumentId } = row;
      const ofInstrument = known.filter((other) => other.instrumentId === instrumentId);
      const action = actionOf(row);
      const lots = rows.filter(({ actionId }) => actionId === id);
      return {
        id,
        instrumentId,
        action: replay ? inReplayedUnits(action, ofInstrument.map(actionOf)) : action,
        tradeIds: new Set(lots.map(({ tradeId }) => tradeId)),
      };
    })
    .sort((a, b) => compareActions(a.action, b.action));
}

/** A dividend on the units that a replay trades: splits and bonuses of its ex-date or later made more of them. */
function inReplayedUnits(
  action: CorporateAction,
  all: readonly CorporateAction[],
): CorporateAction {
  if (action.kind !== 'DIVIDEND') return action;
  const restating = all.filter(({ exDate }) => exDate >= action.exDate);
  const factor = adjustmentFactorOn('', restating);
  return { ...action, cashPerUnit: action.cashPerUnit.dividedBy(factor) };
}
