import { useEffect, useRef, useState } from 'react';

import { Button } from '../../components/button.tsx';
import { CheckField } from '../../components/check-field.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { useForm } from '../../components/use-form.ts';
import { fieldError, formError } from '../../form-failure.ts';
import type { OrdersQuery } from '../../generated/graphql.ts';
import { PreviewTable, Refusals, slicesOffered } from '../../preview/preview-rows.tsx';
import { usePreview } from '../../preview/use-preview.ts';
import {
  CashAndMarket,
  NoPortfolio,
  onMarketOf,
  PortfolioField,
  InstrumentOptions,
} from '../../trading/where-to-trade.tsx';
import type { loader as previewLoader } from '../orders.preview/route.tsx';
import type { Answer } from './answer.ts';
import {
  BracketFields,
  bracketFields,
  MoreFields,
  moreFields,
  PriceFields,
  priceFields,
} from './ticket-fields.tsx';

const fields = [
  ...['portfolioId', 'instrumentId', 'product', 'quantity', 'autoSlice', 'reduceOnly'],
  ...[...priceFields, ...bracketFields, ...moreFields],
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
  if (portfolio === undefined) {
    return <NoPortfolio />;
  }
  const onMarket = onMarketOf(portfolio, instruments);
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
      <PortfolioField
        portfolios={portfolios}
        value={portfolio.id}
        onChoose={setPortfolioId}
        hint={<CashAndMarket {...portfolio} />}
        error={fieldError(answer?.failure, 'portfolioId')}
      />
      <SelectField
        label="Instrument"
        name="instrumentId"
        error={fieldError(answer?.failure, 'instrumentId')}
      >
        <InstrumentOptions instruments={onMarket} />
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
        error={fieldError(answer?.failure, 'autoSlice')}
      />
      <CheckField
        name="reduceOnly"
        label="Only reduce"
        hint="Refused where it is more than what is held."
        error={fieldError(answer?.failure, 'reduceOnly')}
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
      <Refusals choices={choices} problem={previewed?.problem} said={answer?.failure?.message} />
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
