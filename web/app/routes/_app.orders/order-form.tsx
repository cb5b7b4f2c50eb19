import { useState } from 'react';

import { Rupees } from '../../components/amount.tsx';
import { Button } from '../../components/button.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { useForm } from '../../components/use-form.ts';
import { TextLink } from '../../components/text-link.tsx';
import { fieldError, formError } from '../../form-failure.ts';
import type { OrdersQuery } from '../../generated/graphql.ts';
import type { action } from './route.tsx';

const fields = ['portfolioId', 'instrumentId', 'product', 'quantity'];

/** A market order by hand. Its idempotency key belongs to the form, not to the click. */
export function OrderForm({
  portfolios,
  instruments,
  idempotencyKey,
}: {
  readonly portfolios: OrdersQuery['portfolios']['nodes'];
  readonly instruments: OrdersQuery['instruments']['nodes'];
  readonly idempotencyKey: string;
}) {
  const { Form, answer, busy } = useForm<typeof action>();
  // The loader mints a key on every load; this form stays with its first until an answer ends it.
  const [firstKey] = useState(idempotencyKey);
  const [portfolioId, setPortfolioId] = useState(portfolios[0]?.id);
  const portfolio = portfolios.find(({ id }) => id === portfolioId);
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
    <Form method="post" aria-label="Market order" className="flex flex-col gap-3">
      <input type="hidden" name="idempotencyKey" value={answer?.idempotencyKey ?? firstKey} />
      {answer?.placed && (
        <Notice tone="success">Accepted as {answer.placed}. The table shows how it goes on.</Notice>
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
      <div className="grid grid-cols-2 gap-2">
        <Button type="submit" name="side" value="BUY" emphasis="primary" disabled={busy}>
          Buy
        </Button>
        <Button type="submit" name="side" value="SELL" emphasis="danger" disabled={busy}>
          Sell
        </Button>
      </div>
    </Form>
  );
}
