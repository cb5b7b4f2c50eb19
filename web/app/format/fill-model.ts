import type { FillModelPartsFragment } from '../generated/graphql.ts';

/** How orders fill, in words: the parts that differ from the defaults. */
export function fillModelWords(model: FillModelPartsFragment): string {
  const { slippageTicks, spreadTicks, limitFill, participation, latencyMs } = model;
  const parts = [
    slippageTicks > 0 && `${ticks(slippageTicks)} of slippage`,
    spreadTicks > 0 && `a spread of ${ticks(spreadTicks)}`,
    limitFill === 'TOUCH' && 'limits fill on touch',
    participation !== null &&
      `at most ${Number((Number(participation) * 100).toFixed(4))} % of the volume`,
    latencyMs > 0 && `${latencyMs} ms of latency`,
  ].filter((part) => part !== false);
  return parts.length === 0
    ? 'fills without slippage, spread or cap'
    : `fills: ${parts.join(', ')}`;
}

function ticks(count: number): string {
  return count === 1 ? '1 tick' : `${count} ticks`;
}
