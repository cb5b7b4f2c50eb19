import type { ReactNode } from 'react';

import { Rupees } from '../components/amount.tsx';
import { SelectField } from '../components/field.tsx';
import { TextLink } from '../components/text-link.tsx';

interface Named {
  readonly id: string;
  readonly name: string;
}

interface Session {
  readonly name: string;
  readonly instruments: readonly { readonly id: string }[];
}

/** Those of the instruments that trade where the portfolio does; all while it is on no market. */
export function onMarketOf<Instrument extends { readonly id: string }>(
  { replaySession }: { readonly replaySession: Session | null },
  instruments: readonly Instrument[],
): readonly Instrument[] {
  return replaySession === null
    ? instruments
    : instruments.filter(({ id }) => replaySession.instruments.some((traded) => traded.id === id));
}

/** In the place of a form that needs a portfolio. */
export function NoPortfolio() {
  return (
    <p className="text-sm text-ink-soft">
      Orders need a portfolio. <TextLink to="/agents">Create one</TextLink>
    </p>
  );
}

/** Which portfolio a form is for. */
export function PortfolioField({
  portfolios,
  value,
  onChoose,
  hint,
  error,
}: {
  readonly portfolios: readonly Named[];
  readonly value: string;
  readonly onChoose: (id: string) => void;
  readonly hint: ReactNode;
  readonly error: string | undefined;
}) {
  return (
    <SelectField
      label="Portfolio"
      name="portfolioId"
      value={value}
      onChange={(event) => {
        onChoose(event.target.value);
      }}
      hint={hint}
      error={error}
    >
      {portfolios.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}

/** What a portfolio has to spend, and where it trades. */
export function CashAndMarket({
  cash,
  replaySession,
}: {
  readonly cash: string;
  readonly replaySession: Session | null;
}) {
  return (
    <>
      <Rupees value={cash} /> cash,{' '}
      {replaySession ? `trading on ${replaySession.name}` : notOnAnyMarket}
    </>
  );
}

/** Of a portfolio that follows no feed. */
export const notOnAnyMarket = 'not on any market yet: start an agent of it on a replay first';

/** Instruments to choose from. */
export function InstrumentOptions({
  instruments,
}: {
  readonly instruments: readonly {
    readonly id: string;
    readonly tradingSymbol: string;
    readonly exchange: string;
  }[];
}) {
  return instruments.map(({ id, tradingSymbol, exchange }) => (
    <option key={id} value={id}>
      {`${tradingSymbol}, ${exchange}`}
    </option>
  ));
}
