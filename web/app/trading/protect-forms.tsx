import { Price } from '../components/amount.tsx';
import { Button } from '../components/button.tsx';
import { Confirm, ConfirmActions } from '../components/confirm.tsx';
import { TextField } from '../components/field.tsx';
import { Notice } from '../components/notice.tsx';
import { useForm } from '../components/use-form.ts';
import { fieldError, formError } from '../form-failure.ts';
import { signOf } from '../format/money.ts';
import type { PositionRowFragment, ProtectionRowFragment } from '../generated/graphql.ts';
import type { ProtectAnswer } from './protect-answer.ts';

const fields = ['stopPrice', 'targetPrice'];

/** What protects a position, with a dialog to set, change and take it away; nothing for a closed one. */
export function ProtectPosition({
  portfolioId,
  position,
  protections,
}: {
  readonly portfolioId: string;
  readonly position: PositionRowFragment;
  /** The active ones, of any position. */
  readonly protections: readonly ProtectionRowFragment[];
}) {
  const { instrument, product, quantity } = position;
  const here = protections.filter(
    (one) =>
      one.portfolio.id === portfolioId &&
      one.instrument.id === instrument.id &&
      one.product === product,
  );
  const own = here.find(({ entryOrder }) => entryOrder === null);
  const intent = `protect ${portfolioId} ${instrument.id} ${product}`;
  const { Form, ref, answer, busy } = useForm<ProtectAnswer>(intent);
  if (signOf(quantity) === 0) return null;
  const failure = answer?.failure;
  const general = formError(failure, fields);
  const losing = signOf(quantity) > 0 ? 'below' : 'above';
  return (
    <Confirm
      opener={here.length > 0 ? 'Stop set' : 'Stop'}
      of={`for ${instrument.tradingSymbol} ${product}`}
      title={`Protect ${instrument.tradingSymbol}, ${product}`}
      emphasis="secondary"
      closeOn={failure ? undefined : answer?.done}
    >
      {here.length > 0 && (
        <ul aria-label="What protects it" className="mb-3 flex flex-col gap-2">
          {here.map((protection) => (
            <Protecting key={protection.id} protection={protection} />
          ))}
        </ul>
      )}
      <Form ref={ref} method="post" action="/orders" className="flex flex-col gap-3">
        <p className="text-ink-soft">
          A stop rests at the broker for what you hold by hand and follows its quantity. Leaving by
          hand needs no cancel first.
        </p>
        {general !== undefined && <Notice tone="failure">{general}</Notice>}
        <input type="hidden" name="id" value={portfolioId} />
        <input type="hidden" name="instrumentId" value={instrument.id} />
        <input type="hidden" name="product" value={product} />
        <TextField
          label="Stop price (₹)"
          name="stopPrice"
          inputMode="decimal"
          autoComplete="off"
          required
          defaultValue={own?.stopPrice}
          hint={`${losing === 'below' ? 'Below' : 'Above'} the last price; it leaves at the market when this trades.`}
          error={fieldError(failure, 'stopPrice')}
        />
        <TextField
          label="Target price (₹)"
          name="targetPrice"
          inputMode="decimal"
          autoComplete="off"
          placeholder="None"
          defaultValue={own?.targetPrice ?? undefined}
          hint="One takes the place of the other, so that never both fill."
          error={fieldError(failure, 'targetPrice')}
        />
        <ConfirmActions value={intent} busy={busy} emphasis="primary">
          {own === undefined ? 'Set stop' : 'Change stop'}
        </ConfirmActions>
      </Form>
    </Confirm>
  );
}

const phases = {
  STOP: 'stop',
  TARGET: 'target traded; stop',
  EXIT: 'leaving at the market; stop was',
} as const;

function Protecting({ protection }: { readonly protection: ProtectionRowFragment }) {
  const { id, phase, stopPrice, targetPrice, entryOrder } = protection;
  const intent = `unprotect ${id}`;
  const { Form, ref, answer, busy } = useForm<ProtectAnswer>(intent);
  const failure = formError(answer?.failure);
  const isCover = entryOrder?.variety === 'CO';
  const kind = entryOrder === null ? 'Position' : isCover ? 'Cover order' : 'Bracket';
  return (
    <li className="flex flex-wrap items-center justify-between gap-2 rounded-md border border-rule px-3 py-2">
      <span className="tabular-nums">
        {kind}: {phases[phase]} <Price value={stopPrice} />
        {targetPrice !== null && (
          <>
            , target <Price value={targetPrice} />
          </>
        )}
      </span>
      {!isCover && (
        <Form ref={ref} method="post" action="/orders">
          <input type="hidden" name="id" value={id} />
          <Button type="submit" name="intent" value={intent} emphasis="danger" disabled={busy}>
            Remove
          </Button>
        </Form>
      )}
      {failure !== undefined && <Notice tone="failure">{failure}</Notice>}
    </li>
  );
}
