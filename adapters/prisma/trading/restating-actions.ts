import type { CorporateAction } from '@nandax/core/corporate/corporate-action.ts';
import type { PrismaClient } from '../generated/client.ts';
import { actionOf } from './corporate-rows.ts';

/**
 * Bonuses and splits by which a dataset's recorded prices are restated when they are read, by
 * instrument; those of a dataset that was restated by its source are none.
 */
export async function restatingActions(
  prisma: PrismaClient,
  datasetId: string,
  instrumentIds: readonly string[],
): Promise<ReadonlyMap<string, readonly CorporateAction[]>> {
  const actions = await prisma.corporateAction.findMany({
    where: { instrumentId: { in: [...instrumentIds] }, kind: { not: 'DIVIDEND' } },
  });
  if (actions.length === 0) return new Map();
  const dataset = await prisma.dataset.findUnique({ where: { id: datasetId } });
  if (dataset?.adjustment !== 'UNADJUSTED') return new Map();
  return new Map(
    instrumentIds.map((id) => [
      id,
      actions.filter(({ instrumentId }) => instrumentId === id).map(actionOf),
    ]),
  );
}
