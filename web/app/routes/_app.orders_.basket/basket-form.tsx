import { useState } from 'react';

import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { useForm } from '../../components/use-form.ts';
import { fieldError, formError } from '../../form-failure.ts';
import type { BasketQuery } from '../../generated/graphql.ts';
import { BasketLeg, legFields } from './basket-leg.tsx';
import { PreviewTable, Refusals } from '../../preview/preview-rows.tsx';
import { usePreview } from '../../preview/use-preview.ts';
import {
  CashAndMarket,
  NoPortfolio,
  onMarketOf,
  PortfolioField,
} from '../../trading/where-to-trade.tsx';
import type { loader as previewLoader } from '../orders.basket.preview/route.tsx';
import type { action } from './route.tsx';
import { SendingOrder, askedLegs, type AskedLeg } from './sending-order.tsx';

/** Legs that the API takes at most. */
const mostLegs = 20;

/** Several orders by hand, sent one after the other. The key belongs to the form, not to the click. */
export function BasketForm({
  portfolios,
  instruments,
  idempotencyKey,
}: {
  readonly portfolios: BasketQuery['portfolios']['nodes'];
  readonly instruments: BasketQuery['instruments']['nodes'];
  readonly idempotencyKey: string;
}) {
  const { Form, ref, answer, busy } = useForm<typeof action>();
  const {
    ask,
    answer: previewed,
    asking,
  } = usePreview<typeof previewLoader>('/orders/basket/preview');
  const choices = [{ name: 'Basket', side: previewed?.preview ?? undefined }];
  const [firstKey] = useState(idempotencyKey);
  const [portfolioId, setPortfolioId] = useState(portfolios[0]?.id);
  const [rows, setRows] = useState([0, 1]);
  const [asked, setAsked] = useState<readonly AskedLeg[]>([]);
  const portfolio = portfolios.find(({ id }) => id === portfolioId);
  if (portfolio === undefined) {
    return <NoPortfolio />;
  }
  const onMarket = onMarketOf(portfolio, instruments);
  const failure = answer?.failure;
  const fields = rows.flatMap((row) => legFields.map((field) => `${row}.${field}`));
  const general = formError(failure, [...fields, 'portfolioId']);
  return (
    <Form
      ref={ref}
      method="post"
      aria-label="New basket"
      className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]"
      onChange={(event) => {
        setAsked(askedLegs(new FormData(event.currentTarget)));
        ask(event.currentTarget);
      }}
    >
      <div className="flex min-w-0 flex-col gap-4">
        {general !== undefined && <Notice tone="failure">{general}</Notice>}
        <Panel title="Legs" note="Those that buy leave first">
          <div className="flex flex-col gap-3">
            {rows.map((row, index) => (
              <BasketLeg
                key={row}
                row={String(row)}
                number={index + 1}
                instruments={onMarket}
                failure={failure}
                onRemove={
                  rows.length > 1
                    ? (form) => {
                        ask(form);
                        setRows(rows.filter((other) => other !== row));
                        setAsked(asked.filter((leg) => leg.row !== String(row)));
                      }
                    : undefined
                }
              />
            ))}
            <div>
              <Button
                disabled={rows.length >= mostLegs}
                onClick={() => {
                  setRows([...rows, Math.max(...rows) + 1]);
                }}
              >
                Add a leg
              </Button>
            </div>
          </div>
        </Panel>
      </div>
      <Panel title="Sending">
        <div className="flex flex-col gap-3">
          <input type="hidden" name="idempotencyKey" value={answer?.idempotencyKey ?? firstKey} />
          <PortfolioField
            portfolios={portfolios}
            value={portfolio.id}
            onChoose={setPortfolioId}
            hint={<CashAndMarket {...portfolio} />}
            error={fieldError(failure, 'portfolioId')}
          />
          <SendingOrder legs={asked} instruments={onMarket} />
          <PreviewTable choices={choices} asking={asking} />
          <Button type="submit" emphasis="primary" disabled={busy}>
            Place basket
          </Button>
          <Refusals
            choices={choices}
            problem={previewed?.problem}
            said={answer?.failure?.message}
          />
        </div>
      </Panel>
    </Form>
  );
}
