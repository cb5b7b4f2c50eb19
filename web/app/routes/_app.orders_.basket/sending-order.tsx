import { formatQuantity } from '../../format/money.ts';
import { plainName } from '../../format/names.ts';
import type { BasketQuery } from '../../generated/graphql.ts';

/** A leg as far as the list of sending shows it. */
export interface AskedLeg {
  readonly row: string;
  readonly side: 'BUY' | 'SELL';
  readonly instrumentId: string;
  readonly quantity: string;
}

/** The legs that the form asks for so far, in the order in which they leave: what buys first. */
export function askedLegs(form: FormData): readonly AskedLeg[] {
  const textOf = (name: string): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const legs = form
    .getAll('row')
    .filter((row) => typeof row === 'string')
    .map((row): AskedLeg => ({
      row,
      side: textOf(`${row}.side`) === 'SELL' ? 'SELL' : 'BUY',
      instrumentId: textOf(`${row}.instrumentId`),
      quantity: textOf(`${row}.quantity`).replaceAll(',', ''),
    }))
    .filter(({ quantity }) => /^\d+(\.\d+)?$/.test(quantity));
  return [
    ...legs.filter(({ side }) => side === 'BUY'),
    ...legs.filter(({ side }) => side === 'SELL'),
  ];
}

/** In which order the legs leave, and what becomes of the rest when one does not. */
export function SendingOrder({
  legs,
  instruments,
}: {
  readonly legs: readonly AskedLeg[];
  readonly instruments: readonly BasketQuery['instruments']['nodes'][number][];
}) {
  return (
    <div className="flex flex-col gap-2 text-sm">
      {legs.length > 0 && (
        <ol aria-label="Order of sending" className="list-decimal pl-5 tabular-nums">
          {legs.map(({ row, side, instrumentId, quantity }) => (
            <li key={row}>
              {`${plainName(side)} ${formatQuantity(quantity)} `}
              {instruments.find(({ id }) => id === instrumentId)?.tradingSymbol}
            </li>
          ))}
        </ol>
      )}
      <p className="text-xs text-ink-soft">
        Margin and limits are judged over all legs before the first leaves. Each leg leaves when the
        broker has taken the one before; the first that is refused stops the rest.
      </p>
    </div>
  );
}
