import { useState } from 'react';

import { Button } from '../../components/button.tsx';
import { SelectField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { useForm } from '../../components/use-form.ts';
import { fieldError, formError } from '../../form-failure.ts';
import { formatDecimal } from '../../format/money.ts';
import type { GttsQuery } from '../../generated/graphql.ts';
import { LegFields } from './leg-fields.tsx';
import type { action } from './route.tsx';

const fields = ['portfolioId', 'instrumentId'];

/** An order that waits for a price, or two of which the first to fire ends the other. */
export function GttForm({
  portfolios,
  instruments,
  idempotencyKey,
}: {
  readonly portfolios: GttsQuery['portfolios']['nodes'];
  readonly instruments: GttsQuery['instruments']['nodes'];
  readonly idempotencyKey: string;
}) {
  const { Form, ref, answer, busy } = useForm<typeof action>('place');
  const [firstKey] = useState(idempotencyKey);
  const [portfolioId, setPortfolioId] = useState(portfolios[0]?.id);
  const [chosen, setChosen] = useState<string>();
  const portfolio = portfolios.find(({ id }) => id === portfolioId);
  if (portfolio === undefined) {
    return (
      <p className="text-sm text-ink-soft">
        Orders need a portfolio. <TextLink to="/agents">Create one</TextLink>
      </p>
    );
  }
  const session = portfolio.replaySession;
  const onMarket = session
    ? instruments.filter(({ id }) => session.instruments.some((traded) => traded.id === id))
    : instruments;
  const instrument = onMarket.find(({ id }) => id === chosen) ?? onMarket[0];
  const quote = session?.quotes.find((each) => each.instrument.id === instrument?.id);
  const failure = answer?.failure;
  const general = formError(failure, fields);
  return (
    <Form ref={ref} method="post" aria-label="New GTT" className="group flex flex-col gap-3">
      <input type="hidden" name="idempotencyKey" value={answer?.idempotencyKey ?? firstKey} />
      {general !== undefined && <Notice tone="failure">{general}</Notice>}
      {answer !== undefined && !failure && <Notice tone="success">It waits for its price.</Notice>}
      <SelectField
        label="Portfolio"
        name="portfolioId"
        value={portfolio.id}
        onChange={(event) => {
          setPortfolioId(event.target.value);
        }}
        hint={
          session
            ? `It hears the prices of ${session.name}`
            : 'Not on any market yet: start an agent of it on a replay first'
        }
        error={fieldError(failure, 'portfolioId')}
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
        value={instrument?.id}
        onChange={(event) => {
          setChosen(event.target.value);
        }}
        hint={quote ? `Last price ${formatDecimal(quote.lastPrice)}` : 'No price so far'}
        error={fieldError(failure, 'instrumentId')}
      >
        {onMarket.map(({ id, tradingSymbol, exchange }) => (
          <option key={id} value={id}>
            {`${tradingSymbol}, ${exchange}`}
          </option>
        ))}
      </SelectField>
      <div className="grid grid-cols-2 gap-3">
        <SelectField label="Side" name="side" defaultValue="SELL">
          <option value="SELL">Sell</option>
          <option value="BUY">Buy</option>
        </SelectField>
        <SelectField label="Product" name="product">
          <option value="CNC">CNC</option>
          <option value="NRML">NRML</option>
        </SelectField>
      </div>
      <SelectField label="Triggers" name="kind">
        <option value="SINGLE">One</option>
        <option value="OCO">Two, one cancels the other (OCO)</option>
      </SelectField>
      <LegFields leg="1" legend="Trigger; of two, the one below the market" />
      <LegFields
        leg="2"
        legend="The one above the market"
        className="hidden group-has-[option[value=OCO]:checked]:block"
      />
      <p className="text-xs text-ink-soft">
        It waits for a year of the market clock. Money and limits are judged when it fires, and its
        order may be refused then.
      </p>
      <Button type="submit" emphasis="primary" name="intent" value="place" disabled={busy}>
        Place GTT
      </Button>
    </Form>
  );
}
