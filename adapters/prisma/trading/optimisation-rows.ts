import type { StatisticName } from '@nandax/core/optimise/aim.ts';
import type {
  BestFound,
  OptimisationRecord,
  OptimisationRows,
} from '@nandax/app/ports/optimisations.ts';
import { Prisma } from '../generated/client.ts';
import { exact } from './exact.ts';
import { fillModelOf } from './fill-model-column.ts';
import type { TransactionClient } from './transaction-client.ts';

const columns = {
  id: true,
  userId: true,
  strategyVersionId: true,
  datasetId: true,
  status: true,
  initialCapital: true,
  fillModel: true,
  rangeFrom: true,
  rangeTo: true,
  aim: true,
  direction: true,
  search: true,
  seed: true,
  trialLimit: true,
  constraints: true,
  walkForward: true,
  inSampleBars: true,
  outOfSampleBars: true,
  trialsDone: true,
  trialsPlanned: true,
  best: true,
  failureReason: true,
  createdAt: true,
  startedAt: true,
  endedAt: true,
} as const satisfies Prisma.OptimisationSelect;

function toRecord(
  row: Prisma.OptimisationGetPayload<{ select: typeof columns }>,
): OptimisationRecord {
  return {
    ...row,
    initialCapital: exact(row.initialCapital),
    fillModel: fillModelOf(row.fillModel),
    aim: row.aim as StatisticName,
    best: row.best as BestFound | null,
  };
}

function json(value: unknown): Prisma.InputJsonValue | typeof Prisma.DbNull {
  return value === null ? Prisma.DbNull : (value as Prisma.InputJsonValue);
}

/** Optimisations of one transaction. */
export function optimisationRows(client: TransactionClient): OptimisationRows {
  return {
    async insert(optimisation) {
      await client.optimisation.create({
        data: {
          ...optimisation,
          initialCapital: optimisation.initialCapital.toFixed(),
          constraints: [...optimisation.constraints],
          best: json(optimisation.best),
        },
      });
    },

    async lock(id) {
      await client.$queryRaw`SELECT 1 FROM "Optimisation" WHERE "id" = ${id}::uuid FOR UPDATE`;
      const row = await client.optimisation.findUnique({ where: { id }, select: columns });
      return row === null ? null : toRecord(row);
    },

    async setStatus(id, status, change) {
      await client.optimisation.update({ where: { id }, data: { status, ...change } });
    },

    async addTrials(id, { id: partId, packed, trialsDone, best }) {
      const { count } = await client.optimisation.updateMany({
        where: { id, status: 'RUNNING' },
        data: { trialsDone, best: json(best) },
      });
      if (count === 0) return false;
      await client.optimisationTrials.create({
        data: { id: partId, optimisationId: id, packed },
      });
      return true;
    },

    async packedTrials(id) {
      const rows = await client.optimisationTrials.findMany({
        where: { optimisationId: id },
        select: { packed: true },
      });
      return rows.map(({ packed }) => packed);
    },

    async complete(id, { best, walked, equity, caveats }, endedAt) {
      await client.optimisation.update({
        where: { id },
        data: {
          status: 'COMPLETED',
          best: json(best),
          walked: json(walked),
          equity,
          caveats: [...caveats],
          endedAt,
        },
      });
    },
  };
}
