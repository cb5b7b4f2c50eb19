import type { MarketBook } from '@nandax/core/calendar/market-book.ts';
import { dayNumberOf, instantOf } from '@nandax/core/calendar/exchange-time.ts';
import { phasesOfDay, type MarketHours } from '@nandax/core/calendar/session-plan.ts';
import { bookEntryOf, type EnteredTerms } from '@nandax/core/exchange/book-entry.ts';
import type { InstrumentRecord } from '../records.ts';

/** What a day is to an instrument, in epoch ms. */
interface DayOfTrading {
  readonly from: number;
  readonly until: number;
  /** Continuous trading. */
  readonly opens: number;
  readonly closes: number;
  /** When its closing auction begins; null: it has none. */
  readonly auction: number | null;
}

/** The phases of the instruments that an exchange matches, by their place in its list. */
export class ExchangePhases {
  readonly #hours: readonly (MarketHours | null)[];
  readonly #days: (DayOfTrading | undefined)[] = [];

  constructor(markets: MarketBook, instruments: readonly InstrumentRecord[]) {
    this.#hours = instruments.map((instrument) => markets.hoursOf(instrument));
  }

  /** Whether orders trade as they come at `time` (epoch ms); always, where the hours are not known. */
  isContinuous(instrument: number, time: number): boolean {
    const day = this.#dayOf(instrument, time);
    return day === null || (time >= day.opens && time < day.closes);
  }

  /** Instruments whose closing auction of the day began at `time` or before, with when it did. */
  auctionsBegunBy(time: number): readonly { readonly instrument: number; readonly at: number }[] {
    return this.#hours.flatMap((_, instrument) => {
      const at = this.#dayOf(instrument, time)?.auction ?? null;
      return at !== null && at <= time ? [{ instrument, at }] : [];
    });
  }

  /** When (epoch ms) the closing auction of the day of `time` begins; null: it has none. */
  auctionOf(instrument: number, time: number): number | null {
    return this.#dayOf(instrument, time)?.auction ?? null;
  }

  /** Whether an order that came into the book then gathered for the opening price. */
  gathers(instrument: number, eligibleFrom: number, terms: EnteredTerms): boolean {
    const hours = this.#hours[instrument] ?? null;
    return hours !== null && bookEntryOf(hours, eligibleFrom, terms).gathers;
  }

  #dayOf(instrument: number, time: number): DayOfTrading | null {
    const hours = this.#hours[instrument] ?? null;
    if (hours === null) return null;
    const known = this.#days[instrument];
    if (known !== undefined && time >= known.from && time < known.until) return known;
    const dayNumber = dayNumberOf(time);
    const phases = phasesOfDay(hours, dayNumber);
    const continuous = phases.find(({ phase }) => phase === 'CONTINUOUS');
    const day: DayOfTrading = {
      from: instantOf(dayNumber, 0),
      until: instantOf(dayNumber + 1, 0),
      opens: continuous?.from ?? Infinity,
      closes: continuous?.until ?? -Infinity,
      auction: phases.find(({ phase }) => phase.startsWith('AUCTION'))?.from ?? null,
    };
    this.#days[instrument] = day;
    return day;
  }
}
