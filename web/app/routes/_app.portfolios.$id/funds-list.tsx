import { Rupees } from '../../components/amount.tsx';
import { Badge } from '../../components/badge.tsx';
import { formatQuantity, formatRatio } from '../../format/money.ts';
import { plainName } from '../../format/names.ts';
import type { PortfolioQuery } from '../../generated/graphql.ts';

type Funds = NonNullable<PortfolioQuery['portfolio']>['funds'];
type OrderMargin = Funds['orders'][number];

/** What may still be spent, and what holds the rest; each working order with the margin it holds. */
export function FundsList({ funds }: { readonly funds: Funds }) {
  return (
    <dl className="grid grid-cols-[1fr_auto] gap-y-1 text-sm">
      <Line name="Cash" amount={funds.cash} />
      <Line name="Held for orders" amount={funds.marginHeld} />
      {funds.orders.map((held) => (
        <HeldLine key={held.order.id} held={held} />
      ))}
      <Line name="Held for charges to come" amount={funds.chargesHeld} />
      <Line name="Available" amount={funds.available} lead />
      <Line name="Blocked by positions" amount={funds.marginUsed} />
    </dl>
  );
}

function Line({
  name,
  amount,
  lead = false,
}: {
  readonly name: string;
  readonly amount: string;
  readonly lead?: boolean;
}) {
  const rule = lead ? 'border-t border-rule pt-1 font-semibold' : '';
  return (
    <>
      <dt className={lead ? rule : 'text-ink-soft'}>{name}</dt>
      <dd className={`pl-4 text-right tabular-nums ${rule}`}>
        <Rupees value={amount} />
      </dd>
    </>
  );
}

function HeldLine({ held: { order, margin, percent, estimate, source } }: { held: OrderMargin }) {
  return (
    <>
      <dt className="flex flex-wrap items-center gap-x-2 pl-3 text-xs text-ink-soft" title={source}>
        {plainName(order.side)} {formatQuantity(order.quantity)} {order.instrument.tradingSymbol} at{' '}
        {formatRatio(percent, '%')}
        {estimate && <Badge tone="caution">estimate</Badge>}
      </dt>
      <dd className="pl-4 text-right text-xs tabular-nums text-ink-soft">
        <Rupees value={margin} />
      </dd>
    </>
  );
}
