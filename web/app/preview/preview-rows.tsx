import type { ReactNode } from 'react';

import { Price } from '../components/amount.tsx';
import { Badge } from '../components/badge.tsx';
import { chargeNames } from '../components/charges-list.tsx';
import { classNames } from '../components/class-names.ts';
import { formatRatio, signOf } from '../format/money.ts';
import type { PreviewPartsFragment } from '../generated/graphql.ts';

/** A preview, or the failure in its place; undefined: not asked yet. */
export type Side =
  | PreviewPartsFragment
  | { readonly __typename: 'InvalidInput' | 'NotFound'; readonly message: string }
  | undefined;

/** What may be placed, under the word for it. */
export interface Choice {
  readonly name: string;
  readonly side: Side;
}

function partsOf(side: Side): PreviewPartsFragment | undefined {
  return side?.__typename === 'OrderPreview' ? side : undefined;
}

/** The rate that all orders share; undefined where they do not. */
function alikeMargin(orders: PreviewPartsFragment['orders']) {
  const [first] = orders;
  return orders.every(({ marginPercent }) => marginPercent === first?.marginPercent)
    ? first
    : undefined;
}

const priceNames = { LIMIT: 'limit', TRIGGER: 'trigger', LAST_PRICE: 'last' } as const;

/**
 * Margin, charges and what stays free, one column for each choice. The rows are there before there is
 * an answer, so that nothing moves when it comes.
 */
export function PreviewTable({
  choices,
  asking,
}: {
  readonly choices: readonly Choice[];
  readonly asking: boolean;
}) {
  const parts = choices.map(({ side }) => partsOf(side));
  const single = parts.find((one) => one?.orders.length === 1)?.orders[0];
  const margin = alikeMargin(parts.flatMap((one) => one?.orders ?? []));
  return (
    <div
      aria-busy={asking}
      className={classNames('transition-opacity', asking && 'opacity-60 delay-200')}
    >
      <table aria-label="Preview" className="w-full text-xs">
        <thead>
          <tr className="text-ink-soft">
            <th scope="col" className="text-left font-medium">
              In ₹
            </th>
            {choices.map(({ name }) => (
              <th key={name} scope="col" className="text-right font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {choices.length > 1 && (
            <Row
              name={single?.priceSource ? `Price (${priceNames[single.priceSource]})` : 'Price'}
              cells={parts.map((one) =>
                one?.orders.length === 1 ? <Price value={one.orders[0]?.price} /> : '–',
              )}
            />
          )}
          <Row
            name="Value"
            cells={parts.map((one) => (
              <Price value={one?.value} />
            ))}
          />
          <Row
            name="Margin"
            note={
              margin && (
                <span title={margin.marginSource} className="inline-flex flex-wrap gap-x-1">
                  {formatRatio(margin.marginPercent, '%')}
                  {margin.marginEstimate && <Badge tone="caution">estimate</Badge>}
                </span>
              )
            }
            cells={parts.map((one) => (
              <Price value={one?.margin} />
            ))}
          />
          <Row
            name="Charges"
            cells={parts.map((one) => (
              <Price value={one?.charges?.total} />
            ))}
          />
          <Row
            name="Free then"
            lead
            cells={parts.map((one) => (
              <span
                key="after"
                className={one?.availableAfter && signOf(one.availableAfter) < 0 ? 'text-loss' : ''}
              >
                <Price value={one?.availableAfter} />
              </span>
            ))}
          />
        </tbody>
      </table>
      <ChargesOf parts={parts} names={choices.map(({ name }) => name)} />
    </div>
  );
}

function Row({
  name,
  note,
  cells,
  lead = false,
}: {
  readonly name: string;
  readonly note?: ReactNode;
  readonly cells: readonly ReactNode[];
  readonly lead?: boolean;
}) {
  return (
    <tr className={lead ? 'border-t border-rule font-medium' : ''}>
      <th
        scope="row"
        className={classNames('py-0.5 pr-2 text-left font-normal', !lead && 'text-ink-soft')}
      >
        {name} {note && <span className="text-xs">{note}</span>}
      </th>
      {cells.map((cell, index) => (
        <td key={index} className="py-0.5 pl-1.5 text-right whitespace-nowrap tabular-nums">
          {cell}
        </td>
      ))}
    </tr>
  );
}

/** Each charge by its name on the rate card. */
function ChargesOf({
  parts,
  names,
}: {
  readonly parts: readonly (PreviewPartsFragment | undefined)[];
  readonly names: readonly string[];
}) {
  return (
    <details className="mt-1 text-xs text-ink-soft">
      <summary className="cursor-pointer">Charges one by one</summary>
      <table aria-label="Charges of the preview" className="mt-1 w-full">
        <thead className="sr-only">
          <tr>
            <th scope="col">Charge</th>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {chargeNames.map(([component, name]) => (
            <tr key={component}>
              <th scope="row" className="py-0.5 pr-2 text-left font-normal">
                {name}
              </th>
              {parts.map((one, index) => (
                <td key={index} className="py-0.5 pl-1.5 text-right whitespace-nowrap tabular-nums">
                  <Price value={one?.charges?.[component]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/**
 * Why it would not leave, in words, before anybody presses the button. Nothing where it would, nor
 * what the answer to the button has just said.
 */
export function Refusals({
  choices,
  problem,
  said,
}: {
  readonly choices: readonly Choice[];
  readonly problem: string | null | undefined;
  readonly said?: string | undefined;
}) {
  const words = new Map<string, string[]>();
  for (const { name, side } of choices) {
    const message = side?.__typename === 'OrderPreview' ? side.denial?.message : side?.message;
    if (message && message !== said) words.set(message, [...(words.get(message) ?? []), name]);
  }
  return (
    <div aria-live="polite" className="flex flex-col gap-1 text-xs text-loss empty:hidden">
      {problem && <p className="text-ink-soft">{problem}</p>}
      {[...words].map(([message, names]) => (
        <p key={message}>
          {names.length < choices.length && <strong className="font-medium">{names[0]}: </strong>}
          {message}
        </p>
      ))}
    </div>
  );
}

/** Units of the orders into which one above the freeze quantity can be cut; null: it need not or cannot. */
export function slicesOffered(sides: readonly Side[]): readonly string[] | null {
  for (const side of sides) {
    const parts = partsOf(side);
    const slices = parts?.orders[0]?.slices ?? [];
    if (parts?.denial?.code === 'FREEZE_QUANTITY' && slices.length > 1) return slices;
  }
  return null;
}
