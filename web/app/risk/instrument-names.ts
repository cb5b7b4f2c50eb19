/** An instrument as far as its name goes. */
export interface NamedInstrument {
  readonly id: string;
  readonly exchange: string;
  readonly tradingSymbol: string;
}

/** What is typed where no instrument at all may be entered. */
const noneOfThem = 'none';

/** `NSE:YESBANK`: how an instrument is named in a list of them. */
export function nameOfInstrument({ exchange, tradingSymbol }: Omit<NamedInstrument, 'id'>): string {
  return `${exchange}:${tradingSymbol}`;
}

/** Ids of allowed instruments as people type them; null, all of them: empty. */
export function namesOfAllowed(
  ids: readonly string[] | null | undefined,
  known: readonly NamedInstrument[],
): string {
  if (ids === null || ids === undefined) return '';
  if (ids.length === 0) return noneOfThem;
  return ids
    .map((id) => {
      const instrument = known.find((one) => one.id === id);
      return instrument === undefined ? id : nameOfInstrument(instrument);
    })
    .join(', ');
}

/** The names in a text, separated by commas or lines; null: it is empty, and all are allowed. */
export function namesIn(text: string): readonly string[] | null {
  const names = text
    .split(/[,\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) return null;
  return names.length === 1 && names[0]?.toLowerCase() === noneOfThem ? [] : names;
}

/**
 * The one instrument of some that a name means, `NSE:YESBANK` or, where no other exchange lists it,
 * `YESBANK`; undefined: there is none, or more than one.
 */
export function instrumentCalled<Instrument extends NamedInstrument>(
  name: string,
  instruments: readonly Instrument[],
): Instrument | undefined {
  const wanted = name.toUpperCase();
  const meant = instruments.filter(
    (one) =>
      one.id === name ||
      nameOfInstrument(one).toUpperCase() === wanted ||
      one.tradingSymbol.toUpperCase() === wanted,
  );
  return meant.length === 1 ? meant[0] : undefined;
}
