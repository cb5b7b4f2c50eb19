import { useEffect, useState } from 'react';

import { Button } from '../../components/button.tsx';
import { SelectField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { useForm } from '../../components/use-form.ts';
import { fieldError, formError } from '../../form-failure.ts';
import { formatDecimal } from '../../format/money.ts';
import type { GttsQuery } from '../../generated/graphql.ts';
import { usePreview } from '../../preview/use-preview.ts';
import {
  InstrumentOptions,
  NoPortfolio,
  notOnAnyMarket,
  onMarketOf,
  PortfolioField,
} from '../../trading/where-to-trade.tsx';
import type { loader as previewLoader } from '../orders.gtt.preview/route.tsx';
import { GttVerdict } from './gtt-verdict.tsx';
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
  const { ask, answer: previewed } = usePreview<typeof previewLoader>('/orders/gtt/preview');
  const [firstKey] = useState(idempotencyKey);
  const [portfolioId, setPortfolioId] = useState(portfolios[0]?.id);
  const [chosen, setChosen] = useState<string>();
  const portfolio = portfolios.find(({ id }) => id === portfolioId);
  useEffect(() => {
    ask(ref.current);
  }, [ask, ref, portfolioId, chosen]);
  if (portfolio === undefined) {
    return <NoPortfolio />;
  }
  const session = portfolio.replaySession;
  const onMarket = onMarketOf(portfolio, instruments);
  const instrument = onMarket.find(({ id }) => id === chosen) ?? onMarket[0];
  const quote = session?.quotes.find((each) => each.instrument.id === instrument?.id);
  const failure = answer?.failure;
  const general = formError(failure, fields);
  return (
    <Form
      ref={ref}
      method="post"
      aria-label="New GTT"
      className="group flex flex-col gap-3"
      onChange={() => {
        ask(ref.current);
      }}
    >
      <input type="hidden" name="idempotencyKey" value={answer?.idempotencyKey ?? firstKey} />
      {general !== undefined && <Notice tone="failure">{general}</Notice>}
      {answer !== undefined && !failure && <Notice tone="success">It waits for its price.</Notice>}
      <PortfolioField
        portfolios={portfolios}
        value={portfolio.id}
        onChoose={setPortfolioId}
        hint={session ? `It hears the prices of ${session.name}` : `It is ${notOnAnyMarket}`}
        error={fieldError(failure, 'portfolioId')}
      />
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
        <InstrumentOptions instruments={onMarket} />
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
      <LegFields
        leg="1"
        legend={
          <>
            Trigger
            <span className="hidden group-has-[option[value=OCO]:checked]:inline">
              {' '}
              below the market
            </span>
          </>
        }
      />
      <LegFields
        leg="2"
        legend="Trigger above the market"
        className="hidden group-has-[option[value=OCO]:checked]:block"
      />
      <p className="text-xs text-ink-soft">
        It waits for a year of the market clock. Money and limits are judged when it fires, and its
        order may be refused then.
      </p>
      <GttVerdict verdict={previewed?.preview} problem={previewed?.problem} />
      <Button type="submit" emphasis="primary" name="intent" value="place" disabled={busy}>
        Place GTT
      </Button>
    </Form>
  );
}
