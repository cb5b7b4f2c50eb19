import { useEffect, useRef, useState } from 'react';

import { Rupees } from '../../components/amount.tsx';
import { Button } from '../../components/button.tsx';
import { CheckField } from '../../components/check-field.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { useForm } from '../../components/use-form.ts';
import { TextLink } from '../../components/text-link.tsx';
import type { FormFailure } from '../../form-failure.ts';
import { fieldError, formError } from '../../form-failure.ts';
import type { OrdersQuery } from '../../generated/graphql.ts';
import { PreviewTable, Refusals, slicesOffered } from '../../preview/preview-rows.tsx';
import { usePreview } from '../../preview/use-preview.ts';
import type { loader as previewLoader } from '../orders.preview/route.tsx';
import type { Answer } from './answer.ts';

const fields = [
  ...['portfolioId', 'instrumentId', 'product', 'quantity', 'type', 'price', 'triggerPrice'],
  ...['validity', 'validityMinutes', 'disclosedQuantity', 'tag', 'stopPrice', 'targetPrice'],
];

/** An order by hand. Its idempotency key belongs to the form, not to the click. */
export function OrderForm({
  portfolios,
  instruments,
  idempotencyKey,
  news,
}: {
  readonly portfolios: OrdersQuery['portfolios']['nodes'];
  readonly instruments: OrdersQuery['instruments']['nodes'];
  readonly idempotencyKey: string;
  /** Another value whenever something happened that an order may come to something else by. */
  readonly news: string | undefined;
}) {
  const { Form, answer, busy } = useForm<Answer>('place');
  const form = useRef<HTMLFormElement>(null);
  const { ask, answer: previewed, asking } = usePreview<typeof previewLoader>('/orders/preview');
  // The loader mints a key on every load; this form stays with its first until an answer ends it.
  const [firstKey] = useState(idempotencyKey);
  const [portfolioId, setPortfolioId] = useState(portfolios[0]?.id);
  const portfolio = portfolios.find(({ id }) => id === portfolioId);
  useEffect(() => {
    ask(form.current);
  }, [ask, news, portfolioId]);
  const choices = [
    { name: 'Buy', side: previewed?.preview?.buy },
    { name: 'Sell', side: previewed?.preview?.sell },
  ];
  const slices = slicesOffered(choices.map(({ side }) => side));
  const traded = portfolio?.replaySession?.instruments;
  const onMarket = traded
    ? instruments.filter(({ id }) => traded.some((instrument) => instrument.id === id))
    : instruments;
  if (portfolio === undefined) {
    return (
      <p className="text-sm text-ink-soft">
        Orders need a portfolio. <TextLink to="/agents">Create one</TextLink>
      </p>
    );
  }
  return (
    <Form
      ref={form}
      method="post"
      aria-label="New order"
      className="group flex flex-col gap-3"
      onChange={() => {
        ask(form.current);
      }}
    >
      <input type="hidden" name="idempotencyKey" value={answer?.idempotencyKey ?? firstKey} />
      {answer?.placed && (
        <Notice tone="success">
          Accepted as {answer.placed}
          {answer.slices !== undefined && `, the first of ${answer.slices} slices`}. The table shows
          how it goes on.
        </Notice>
      )}
      {formError(answer?.failure, fields) !== undefined && (
        <Notice tone="failure">{formError(answer?.failure, fields)}</Notice>
      )}
      <SelectField
        label="Portfolio"
        name="portfolioId"
        value={portfolio.id}
        onChange={(event) => {
          setPortfolioId(event.target.value);
        }}
        hint={
          <>
            <Rupees value={portfolio.cash} /> cash,{' '}
            {portfolio.replaySession
              ? `trading on ${portfolio.replaySession.name}`
              : 'not on any market yet: start an agent of it on a replay first'}
          </>
        }
        error={fieldError(answer?.failure, 'portfolioId')}
      >
        {portfolios.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Instrument"
        name="instrumentId"
        error={fieldError(answer?.failure, 'instrumentId')}
      >
        {onMarket.map(({ id, tradingSymbol, exchange }) => (
          <option key={id} value={id}>
            {`${tradingSymbol}, ${exchange}`}
          </option>
        ))}
      </SelectField>
      <div className="grid grid-cols-[1fr_1.4fr] gap-3">
        <TextField
          label="Quantity"
          name="quantity"
          inputMode="numeric"
          required
          defaultValue="1"
          error={fieldError(answer?.failure, 'quantity')}
        />
        <SelectField label="Product" name="product" error={fieldError(answer?.failure, 'product')}>
          <option value="MIS">Intraday (MIS)</option>
          <option value="CNC">Delivery (CNC)</option>
        </SelectField>
      </div>
      <CheckField
        name="autoSlice"
        label="Slice above the freeze quantity"
        hint="It leaves as several orders, all of them or none."
      />
      <PriceFields failure={answer?.failure} />
      <BracketFields failure={answer?.failure} />
      <MoreFields failure={answer?.failure} />
      <PreviewTable choices={choices} asking={asking} />
      <div className="grid grid-cols-2 gap-2">
        <Button type="submit" name="side" value="BUY" emphasis="primary" disabled={busy}>
          Buy
        </Button>
        <Button type="submit" name="side" value="SELL" emphasis="danger" disabled={busy}>
          Sell
        </Button>
      </div>
      <Refusals choices={choices} problem={previewed?.problem} />
      {slices !== null && (
        <Button
          onClick={() => {
            const box = form.current?.elements.namedItem('autoSlice');
            if (box instanceof HTMLInputElement) box.checked = true;
            ask(form.current);
          }}
        >
          {`Slice it into ${slices.length} orders`}
        </Button>
      )}
    </Form>
  );
}

interface FieldsProps {
  readonly failure: FormFailure | null | undefined;
}

/** Type and prices. Style sheets show what a type needs, so that it works without a script. */
function PriceFields({ failure }: FieldsProps) {
  return (
    <>
      <SelectField label="Type" name="type" error={fieldError(failure, 'type')}>
        <option value="MARKET">Market</option>
        <option value="LIMIT">Limit</option>
        <option value="SL_M">Stop, then market (SL-M)</option>
        <option value="SL">Stop, then limit (SL)</option>
      </SelectField>
      <TextField
        label="Trigger price (₹)"
        name="triggerPrice"
        inputMode="decimal"
        autoComplete="off"
        hint="The order wakes when this price trades."
        error={fieldError(failure, 'triggerPrice')}
        className="hidden! group-has-[option[value=SL]:checked]:flex! group-has-[option[value=SL_M]:checked]:flex!"
      />
      <TextField
        label="Limit price (₹)"
        name="price"
        inputMode="decimal"
        autoComplete="off"
        hint="It buys no dearer and sells no cheaper."
        error={fieldError(failure, 'price')}
        className="hidden! group-has-[option[value=LIMIT]:checked]:flex! group-has-[option[value=SL]:checked]:flex!"
      />
    </>
  );
}

/** Where what fills is left again. */
function BracketFields({ failure }: FieldsProps) {
  const open = ['stopPrice', 'targetPrice'].some((name) => fieldError(failure, name) !== undefined);
  return (
    <details open={open || undefined} className="text-sm">
      <summary className="cursor-pointer text-xs font-medium text-ink-soft">
        Bracket: stop and target
      </summary>
      <div className="mt-3 flex flex-col gap-3">
        <p className="text-xs text-ink-soft">
          The stop rests at the broker for what fills. The entry is a day order, sent whole.
        </p>
        <div className="grid grid-cols-2 gap-3">
          <TextField
            label="Stop (₹)"
            name="stopPrice"
            inputMode="decimal"
            autoComplete="off"
            placeholder="None"
            error={fieldError(failure, 'stopPrice')}
          />
          <TextField
            label="Target (₹)"
            name="targetPrice"
            inputMode="decimal"
            autoComplete="off"
            placeholder="None"
            error={fieldError(failure, 'targetPrice')}
          />
        </div>
      </div>
    </details>
  );
}

/** What few orders need. */
function MoreFields({ failure }: FieldsProps) {
  const open = ['validity', 'validityMinutes', 'disclosedQuantity', 'tag'].some(
    (name) => fieldError(failure, name) !== undefined,
  );
  return (
    <details open={open || undefined} className="text-sm">
      <summary className="cursor-pointer text-xs font-medium text-ink-soft">
        Validity, disclosed quantity, tag
      </summary>
      <div className="mt-3 flex flex-col gap-3">
        <SelectField label="Validity" name="validity" error={fieldError(failure, 'validity')}>
          <option value="DAY">Day: until the session closes</option>
          <option value="IOC">Immediate or cancel (IOC)</option>
          <option value="TTL">A number of minutes (TTL)</option>
        </SelectField>
        <TextField
          label="Minutes"
          name="validityMinutes"
          inputMode="numeric"
          autoComplete="off"
          error={fieldError(failure, 'validityMinutes')}
          className="hidden! group-has-[option[value=TTL]:checked]:flex!"
        />
        <TextField
          label="Disclosed quantity"
          name="disclosedQuantity"
          inputMode="numeric"
          autoComplete="off"
          placeholder="All of it"
          error={fieldError(failure, 'disclosedQuantity')}
        />
        <TextField
          label="Tag"
          name="tag"
          maxLength={20}
          autoComplete="off"
          hint="A mark of your own; it does not leave NandaX."
          error={fieldError(failure, 'tag')}
        />
      </div>
    </details>
  );
}
