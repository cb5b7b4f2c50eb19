import { nameOfInstrument, type NamedInstrument } from './instrument-names.ts';

/** The id of the page's list of names. */
export const instrumentList = 'instrument-names';

/** Names of instruments that fields of the page offer; once a page, however many forms have such a field. */
export function InstrumentList({
  instruments,
}: {
  readonly instruments: readonly NamedInstrument[];
}) {
  return (
    <datalist id={instrumentList}>
      {instruments.map((one) => (
        <option key={one.id} value={nameOfInstrument(one)} />
      ))}
    </datalist>
  );
}
