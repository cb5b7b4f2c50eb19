import { Price } from '../components/amount.tsx';
import { Button } from '../components/button.tsx';
import { Confirm, ConfirmActions } from '../components/confirm.tsx';
import { TextField } from '../components/field.tsx';
import { Notice } from '../components/notice.tsx';
import { useFormKey } from '../components/use-form-key.ts';
import { useForm } from '../components/use-form.ts';
import { fieldError, formError } from '../form-failure.ts';
import { formatDecimal, signOf } from '../format/money.ts';
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
  const idempotencyKey = useFormKey(answer?.idempotencyKey);
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
        {own !== undefined && <ChangeKey id={own.id} idempotencyKey={idempotencyKey} />}
        <input type="hidden" name="id" value={portfolioId} />
        <input type="hidden" name="instrumentId" value={instrument.id} />
        <input type="hidden" name="product" value={product} />
        <TextField
          label="Stop price (₹)"
          name="stopPrice"
          inputMode="decimal"
          autoComplete="off"
          required
          defaultValue={own && formatDecimal(own.stopPrice)}
          hint={`${losing === 'below' ? 'Below' : 'Above'} the last price; it leaves at the market when this trades.`}
          error={fieldError(failure, 'stopPrice')}
        />
        <TextField
          label="Target price (₹)"
          name="targetPrice"
          inputMode="decimal"
          autoComplete="off"
          placeholder="None"
          defaultValue={own?.targetPrice ? formatDecimal(own.targetPrice) : undefined}
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

/** One protection: its prices, what became of their last change, and what can be done to it. */
function Protecting({ protection }: { readonly protection: ProtectionRowFragment }) {
  const { phase, stopPrice, targetPrice, entryOrder } = protection;
  return (
    <li className="flex flex-col gap-2 rounded-md border border-rule px-3 py-2">
      <span className="flex flex-wrap items-center justify-between gap-2">
        <span className="tabular-nums">
          {kindOf(protection)}: {phases[phase]} <Price value={stopPrice} />
          {targetPrice !== null && (
            <>
              , target <Price value={targetPrice} />
            </>
          )}
        </span>
        {!isCover(protection) && <Remove protection={protection} />}
      </span>
      <LastChange protection={protection} />
      {entryOrder !== null && phase !== 'EXIT' && <Change protection={protection} />}
    </li>
  );
}

function isCover({ entryOrder }: ProtectionRowFragment): boolean {
  return entryOrder?.variety === 'CO';
}

function kindOf(protection: ProtectionRowFragment): string {
  if (protection.entryOrder === null) return 'Position';
  return isCover(protection) ? 'Cover order' : 'Bracket';
}

function LastChange({
  protection: { lastChange },
}: {
  readonly protection: ProtectionRowFragment;
}) {
  if (lastChange?.status !== 'PENDING' && lastChange?.status !== 'REFUSED') return null;
  const { stopPrice, targetPrice } = lastChange;
  const prices = (
    <>
      stop <Price value={stopPrice} />
      {targetPrice !== null && (
        <>
          , target <Price value={targetPrice} />
        </>
      )}
    </>
  );
  return (
    <p role="status" className="text-xs text-ink-soft tabular-nums">
      {lastChange.status === 'PENDING' ? (
        <>The broker is asked for {prices}.</>
      ) : (
        <>
          The broker refused {prices}: {lastChange.reason}
        </>
      )}
    </p>
  );
}

/** Of an entry's protection: one set by hand changes in the form of the position. */
function Change({ protection }: { readonly protection: ProtectionRowFragment }) {
  const { id, stopPrice, targetPrice } = protection;
  const intent = `protect ${id}`;
  const { Form, ref, answer, busy } = useForm<ProtectAnswer>(intent);
  const idempotencyKey = useFormKey(answer?.idempotencyKey);
  const failure = answer?.failure;
  const general = formError(failure, fields);
  return (
    <Form ref={ref} method="post" action="/orders" className="flex flex-col gap-2">
      {general !== undefined && <Notice tone="failure">{general}</Notice>}
      <ChangeKey id={id} idempotencyKey={idempotencyKey} />
      <span className="grid grid-cols-[1fr_1fr_auto] items-start gap-2">
        <TextField
          label={isCover(protection) ? 'Trigger (₹)' : 'Stop (₹)'}
          name="stopPrice"
          inputMode="decimal"
          autoComplete="off"
          required
          defaultValue={formatDecimal(stopPrice)}
          error={fieldError(failure, 'stopPrice')}
          className={isCover(protection) ? 'col-span-2' : undefined}
        />
        {!isCover(protection) && (
          <TextField
            label="Target (₹)"
            name="targetPrice"
            inputMode="decimal"
            autoComplete="off"
            placeholder="None"
            defaultValue={targetPrice === null ? undefined : formatDecimal(targetPrice)}
            error={fieldError(failure, 'targetPrice')}
          />
        )}
        <span className="pt-5">
          <Button
            type="submit"
            name="intent"
            value={intent}
            disabled={busy}
            aria-label={`Change ${kindOf(protection).toLowerCase()}`}
          >
            Change
          </Button>
        </span>
      </span>
    </Form>
  );
}

function ChangeKey({
  id,
  idempotencyKey,
}: {
  readonly id: string;
  readonly idempotencyKey: string | undefined;
}) {
  return (
    <>
      <input type="hidden" name="protectionId" value={id} />
      <input type="hidden" name="idempotencyKey" value={idempotencyKey} />
    </>
  );
}

function Remove({ protection: { id } }: { readonly protection: ProtectionRowFragment }) {
  const intent = `unprotect ${id}`;
  const { Form, ref, answer, busy } = useForm<ProtectAnswer>(intent);
  const failure = formError(answer?.failure);
  return (
    <Form ref={ref} method="post" action="/orders" className="flex flex-col items-end gap-1">
      <input type="hidden" name="id" value={id} />
      <Button type="submit" name="intent" value={intent} emphasis="danger" disabled={busy}>
        Remove
      </Button>
      {failure !== undefined && <Notice tone="failure">{failure}</Notice>}
    </Form>
  );
}
