import type { MarketBook } from '@nandax/core/calendar/market-book.ts';
import { dayNumberOfDate, instantOf } from '@nandax/core/calendar/exchange-time.ts';
import { phasesOfDay } from '@nandax/core/calendar/session-plan.ts';
import {
  contractNotesOf,
  supplementOf,
  type ChargedFill,
} from '@nandax/core/charges/contract-note.ts';
import type { RateCardBook } from '@nandax/core/charges/rate-card.ts';
import { postingsOfCharges } from '@nandax/core/portfolio/postings.ts';
import type { FillOfDay } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { IdSource } from '../ports/world.ts';
import type { InstrumentRecord } from '../records.ts';

/** The days of a portfolio whose fills are to be noted. */
export interface DaysToNote {
  readonly portfolioId: string;
  readonly feedId: string;
  /** The last of them, `YYYY-MM-DD`. */
  readonly throughDay: string;
  /** Market time at which the day of an instrument has ended; null: it has not. */
  readonly endOf: (instrument: InstrumentRecord, day: string) => Date | null;
  /** Wall clock. */
  readonly at: Date;
}

/**
 * When the days of a live market end, for who asks at `now`: each instrument's by the last phase of its
 * own exchange and segment, or by midnight in India where those hours are not known.
 */
export function endsByOwnHours(markets: MarketBook, now: Date): DaysToNote['endOf'] {
  return (instrument, day) => {
    const dayNumber = dayNumberOfDate(day);
    if (dayNumber === null) throw new Error(`${day} is no day`);
    const hours = markets.hoursOf(instrument);
    const phases = hours === null ? [] : phasesOfDay(hours, dayNumber);
    const end = phases.at(-1)?.until ?? instantOf(dayNumber, minutesOfDay) - 1;
    return end <= now.getTime() ? new Date(end) : null;
  };
}

const minutesOfDay = 24 * 60;

/**
 * Writes the contract notes of all fills that have none and whose day has ended, within the caller's
 * transaction and under the portfolio's lock, and posts their totals; a fill is noted once. One that was
 * booked after the note of its day and segment gets a supplementary note, which tops the day up to what
 * a single note of all its fills would state. Fills that no rate card prices stay without. Returns
 * whether anything was written.
 */
export async function noteDays(
  rows: StoreTransaction,
  ids: IdSource,
  rateCards: RateCardBook,
  noting: DaysToNote,
): Promise<boolean> {
  const { portfolioId, feedId, throughDay } = noting;
  let written = false;
  for (const day of await rows.portfolios.daysWithoutNote(portfolioId, feedId, throughDay)) {
    if (await noteDay(rows, ids, rateCards, noting, day)) written = true;
  }
  return written;
}

interface NotedFill extends ChargedFill {
  readonly fill: FillOfDay;
  /** When its day ended; null: it has not. */
  readonly endedAt: Date | null;
}

async function noteDay(
  rows: StoreTransaction,
  ids: IdSource,
  rateCards: RateCardBook,
  { portfolioId, feedId, endOf, at }: DaysToNote,
  day: string,
): Promise<boolean> {
  const charged = (await rows.portfolios.fillsOfDay(portfolioId, feedId, day)).map(async (fill) => {
    const instrument = await rows.runs.findInstrument(fill.instrumentId);
    const serving = instrument && rateCards.serving(fill.product, instrument, day);
    if (instrument === null || serving === null) return [];
    const { instrumentId, side, charges } = fill;
    const endedAt = endOf(instrument, day);
    return [{ date: day, instrument: instrumentId, side, charges, serving, fill, endedAt }];
  });
  const fills: NotedFill[] = (await Promise.all(charged)).flat();
  const waiting = fills.filter((one) => one.fill.contractNoteId === null && one.endedAt !== null);
  const earlier = await rows.portfolios.notesOfDay(portfolioId, feedId, day);
  for (const segment of new Set(waiting.map(({ serving }) => serving.segment))) {
    const added = waiting.filter(({ serving }) => serving.segment === segment);
    const before = fills.filter(
      ({ serving, fill }) => serving.segment === segment && fill.contractNoteId !== null,
    );
    const [whole] = contractNotesOf([...before, ...added]);
    if (whole === undefined) throw new Error('fills without a note');
    const linked = new Set(before.map(({ fill }) => fill.contractNoteId));
    const ofSegment = earlier.filter((note) => note.segment === segment);
    const noted = ofSegment.filter((note) => linked.has(note.id));
    const { depositoryParticipantCharge, total, ...charges } = supplementOf(whole, noted);
    const id = ids.uuid();
    await rows.portfolios.insertContractNote(
      {
        id,
        portfolioId,
        feedId,
        tradingDay: day,
        segment,
        number: Math.max(0, ...ofSegment.map(({ number }) => number)) + 1,
        charges,
        depositoryParticipantCharge,
        total,
        rateCardId: whole.rateCardId,
        covered: whole.covered,
        createdAt: at,
      },
      added.map(({ fill }) => fill.id),
    );
    if (total.isZero()) continue;
    const supplement = noted.length === 0 ? '' : ', supplement';
    await rows.portfolios.post({
      id: ids.uuid(),
      portfolioId,
      kind: 'CHARGES',
      reference: id,
      description: `Contract note of ${day}, ${segment}${supplement}`,
      postedAt: latestOf(added),
      createdAt: at,
      lines: postingsOfCharges(total),
    });
  }
  return waiting.length > 0;
}

function latestOf(fills: readonly NotedFill[]): Date {
  return new Date(Math.max(...fills.map(({ endedAt }) => endedAt?.getTime() ?? 0)));
}
