import {
  dateOfDayNumber,
  dayNumberOf,
  dayNumberOfDate,
  instantOf,
  weekdayOf,
} from './exchange-time.ts';

/** One dated row of the calendar of a market; minutes are minutes of the exchange day (IST). */
export interface CalendarDay {
  /** Exchange date, `YYYY-MM-DD`. */
  readonly date: string;
  readonly exchange: string;
  readonly segment: string;
  /** Whether the market trades on this date; the minutes of a closed day are not read. */
  readonly open: boolean;
  /** First minute of continuous trading, e.g. 555 for 09:15. */
  readonly openMinute: number;
  /** The minute at which continuous trading has ended, e.g. 930 for 15:30. */
  readonly closeMinute: number;
  /** From this minute on intraday positions are closed and none is opened. */
  readonly squareOffMinute: number;
}

/** Continuous trading of one day: `open` is inside it, `close` is not. Instants are epoch ms. */
export interface Session {
  readonly date: string;
  readonly open: number;
  readonly close: number;
  readonly squareOff: number;
}

/** Where sessions are looked up. */
export interface Sessions {
  /** The session that contains `time` (epoch ms), or null outside continuous trading. */
  sessionAt(time: number): Session | null;
}

/** What the calendar knows of one exchange day. */
export interface TradingDay {
  readonly date: string;
  /** Null on a day without trading. */
  readonly session: Session | null;
  /** True where a row of the calendar says so; false where the nearest rule had to answer. */
  readonly covered: boolean;
}

interface OpenRow {
  readonly dayNumber: number;
  readonly row: CalendarDay;
}

/**
 * The sessions of one market (one exchange and segment), built from dated rows.
 *
 * A date without a row is answered by the nearest rule, and says so (`covered: false`): Saturdays
 * and Sundays are closed, other days keep the hours of the nearest open row (the earlier of two
 * equally near). Without any open row every uncovered day is closed.
 */
export class TradingCalendar implements Sessions {
  readonly #rows = new Map<number, CalendarDay>();
  readonly #openRows: readonly OpenRow[];
  readonly #days = new Map<number, TradingDay>();

  /** @throws RangeError where a row's date is no date or its minutes are out of order. */
  constructor(rows: readonly CalendarDay[]) {
    for (const row of rows) this.#rows.set(checkedDayNumber(row), row);
    this.#openRows = [...this.#rows]
      .filter(([, row]) => row.open)
      .map(([dayNumber, row]) => ({ dayNumber, row }))
      .sort((left, right) => left.dayNumber - right.dayNumber);
  }

  /** The exchange day numbered `dayNumber`. */
  day(dayNumber: number): TradingDay {
    let day = this.#days.get(dayNumber);
    if (day === undefined) {
      day = this.#build(dayNumber);
      this.#days.set(dayNumber, day);
    }
    return day;
  }

  /** The exchange day on which `time` (epoch ms) falls, trading or not. */
  dayAt(time: number): TradingDay {
    return this.day(dayNumberOf(time));
  }

  /** The session of an exchange date, `YYYY-MM-DD`; null where there is none. */
  sessionOn(date: string): Session | null {
    const dayNumber = dayNumberOfDate(date);
    return dayNumber === null ? null : this.day(dayNumber).session;
  }

  /** The session that contains `time` (epoch ms), or null outside continuous trading. */
  sessionAt(time: number): Session | null {
    const { session } = this.dayAt(time);
    return session !== null && time >= session.open && time < session.close ? session : null;
  }

  /** The first session that closes after `time` (epoch ms) within a year, else null. */
  nextSession(time: number): Session | null {
    const first = dayNumberOf(time);
    for (let dayNumber = first; dayNumber <= first + 366; dayNumber += 1) {
      const { session } = this.day(dayNumber);
      if (session !== null && session.close > time) return session;
    }
    return null;
  }

  /** The last session on an exchange date before `date` (`YYYY-MM-DD`) within a year, else null. */
  sessionBefore(date: string): Session | null {
    const last = dayNumberOfDate(date);
    if (last === null) return null;
    for (let dayNumber = last - 1; dayNumber >= last - 366; dayNumber -= 1) {
      const { session } = this.day(dayNumber);
      if (session !== null) return session;
    }
    return null;
  }

  /**
   * The sessions that close after `after` and at or before `through` (epoch ms), in order; only those
   * that rows of the calendar state: on a day without a row nobody knows whether the market was open.
   */
  statedSessions(after: number, through: number): Session[] {
    const sessions: Session[] = [];
    for (let dayNumber = dayNumberOf(after); dayNumber <= dayNumberOf(through); dayNumber += 1) {
      const { session, covered } = this.day(dayNumber);
      if (!covered || session === null) continue;
      if (session.close > after && session.close <= through) sessions.push(session);
    }
    return sessions;
  }

  #build(dayNumber: number): TradingDay {
    const date = dateOfDayNumber(dayNumber);
    const row = this.#rows.get(dayNumber);
    if (row !== undefined) {
      return { date, session: row.open ? sessionOf(dayNumber, date, row) : null, covered: true };
    }
    const weekday = weekdayOf(dayNumber);
    const nearest = weekday === 0 || weekday === 6 ? undefined : this.#nearestOpenRow(dayNumber);
    return {
      date,
      session: nearest === undefined ? null : sessionOf(dayNumber, date, nearest),
      covered: false,
    };
  }

  #nearestOpenRow(dayNumber: number): CalendarDay | undefined {
    const after = this.#openRows.findIndex((open) => open.dayNumber > dayNumber);
    const later = after === -1 ? undefined : this.#openRows[after];
    const earlier = this.#openRows[(after === -1 ? this.#openRows.length : after) - 1];
    if (earlier === undefined || later === undefined) return (earlier ?? later)?.row;
    return dayNumber - earlier.dayNumber <= later.dayNumber - dayNumber ? earlier.row : later.row;
  }
}

function checkedDayNumber(row: CalendarDay): number {
  const dayNumber = dayNumberOfDate(row.date);
  if (dayNumber === null) throw new RangeError(`calendar row: ${row.date} is no date`);
  const ordered =
    row.openMinute >= 0 &&
    row.openMinute < row.squareOffMinute &&
    row.squareOffMinute <= row.closeMinute &&
    row.closeMinute <= 1440;
  if (row.open && !ordered) {
    throw new RangeError(
      `calendar row ${row.date}: minutes ${row.openMinute}, ${row.squareOffMinute}, ${row.closeMinute} are not in order`,
    );
  }
  return dayNumber;
}

function sessionOf(dayNumber: number, date: string, row: CalendarDay): Session {
  return {
    date,
    open: instantOf(dayNumber, row.openMinute),
    close: instantOf(dayNumber, row.closeMinute),
    squareOff: instantOf(dayNumber, row.squareOffMinute),
  };
}

/**
 * When (epoch ms) intraday positions of an instrument leave in a session of the market that is followed:
 * at the square-off time of that session, or earlier by that of the instrument's own segment on the day.
 */
export function squareOffIn(session: Session, own: TradingCalendar | null): number {
  const ownTime = own?.dayAt(session.open).session?.squareOff ?? Infinity;
  return Math.min(session.squareOff, ownTime);
}
