import { joinTrials } from '@nandax/app/optimisations/packed-trials.ts';
import type { BatchRead } from '@nandax/app/ports/reads.ts';
import { unpackEquity } from '@nandax/app/runs/packed-equity.ts';
import type { OptimisationMaterial } from '@nandax/app/views/strategy.ts';
import type { PrismaClient } from '../generated/client.ts';

/** What optimisations found so far: one query for their results, one for their trials. */
export function materialOfOptimisation(prisma: PrismaClient): BatchRead<OptimisationMaterial> {
  return async (ids) => {
    const rows = await prisma.optimisation.findMany({
      where: { id: { in: [...ids] } },
      select: { id: true, walked: true, equity: true, trials: { select: { packed: true } } },
    });
    return new Map(
      rows.map(({ id, walked, equity, trials }): [string, OptimisationMaterial] => [
        id,
        {
          trials: joinTrials(trials.map(({ packed }) => packed)),
          walked: walked as unknown as OptimisationMaterial['walked'],
          equity: equity === null ? null : unpackEquity(equity),
        },
      ]),
    );
  };
}
