import type { GttTerms } from '@nandax/core/order/gtt.ts';
import { fail, type Result } from '@nandax/core/result.ts';
import type { AccountActor } from '../actor.ts';
import { notFound, type InvalidInput } from '../failures.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { judgeGtt, misshapenLegs, type GttRefusal, type JudgedGtt } from './place-gtt.ts';

/**
 * What `placeGtt` would come to with the same terms: the legs with the side of the market on which
 * each would wait, or why it would be refused. Writes nothing and locks nothing.
 */
export async function previewGtt(
  ports: Pick<TradingPorts, 'store' | 'history'>,
  {
    actor: { userId },
    portfolioId,
    gtt,
  }: {
    readonly actor: AccountActor;
    readonly portfolioId: string;
    readonly gtt: GttTerms & { readonly instrumentId: string };
  },
): Promise<Result<JudgedGtt, GttRefusal | InvalidInput>> {
  const misshapen = misshapenLegs(gtt);
  if (misshapen !== null) return fail(misshapen);
  return ports.store.snapshot(async (rows) => {
    const portfolio = await rows.portfolios.find(portfolioId);
    if (portfolio?.userId !== userId) return fail(notFound('Portfolio', portfolioId));
    return judgeGtt(rows, ports, portfolio, gtt, userId);
  });
}
