import type { CorporateAction } from '@nandax/core/corporate/corporate-action.ts';
import {
  parseCorporateActionCsv,
  type ListedAction,
} from '@nandax/core/corporate/corporate-action-csv.ts';
import { CsvFailures, type CsvFailure } from '@nandax/core/market/csv-failure.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { InvalidFile } from '../market-data/import-history.ts';
import type { CorporateRows } from '../ports/corporate.ts';
import type { Store } from '../ports/store.ts';
import type { Clock, IdSource } from '../ports/world.ts';

/** What an import made. */
export interface ImportedActions {
  /** Actions that were not known. */
  readonly imported: number;
  /** Actions that were known exactly so. */
  readonly known: number;
}

/**
 * Imports a file of splits, bonuses and dividends (`parseCorporateActionCsv`) for the shared instruments,
 * the whole file or nothing of it. What is known exactly so is left as it is, so that a file that grows
 * may be imported again and again; what is known otherwise is refused, since lots may have got it.
 */
export async function importCorporateActions(
  ports: { readonly store: Store; readonly clock: Clock; readonly ids: IdSource },
  { fileName, content }: { readonly fileName: string; readonly content: string },
): Promise<Result<ImportedActions, InvalidFile>> {
  const read = parseCorporateActionCsv(content);
  if (!read.ok) return fail(invalidFile(fileName, read.failure));
  return ports.store.transaction(async ({ corporate }) => {
    const failures = new CsvFailures();
    const fresh = [];
    for (const listed of read.value) {
      const found = await look(corporate, listed, failures);
      if (found !== null && !found.known) fresh.push({ ...listed, instrumentId: found.id });
    }
    if (failures.list.length > 0) return fail(invalidFile(fileName, failures.list));
    const createdAt = ports.clock.now();
    for (const { instrumentId, action, source } of fresh) {
      await corporate.insert({ id: ports.ids.uuid(), instrumentId, action, source, createdAt });
    }
    return succeed({ imported: fresh.length, known: read.value.length - fresh.length });
  });
}

/** The instrument of a line, and whether its action is known; null: the line was refused. */
async function look(
  corporate: CorporateRows,
  { line, exchange, tradingSymbol, action }: ListedAction,
  failures: CsvFailures,
): Promise<{ readonly id: string; readonly known: boolean } | null> {
  const instrument = await corporate.findInstrument(exchange, tradingSymbol);
  if (instrument === null) {
    failures.add(line, 2, 'symbol', tradingSymbol, `an instrument of ${exchange} that is known`);
    return null;
  }
  const earlier = await corporate.find(instrument.id, action.kind, action.exDate);
  if (earlier !== null && termsOf(earlier.action) !== termsOf(action)) {
    const [column, name] = action.kind === 'DIVIDEND' ? [6, 'amount'] : [5, 'ratio'];
    failures.add(line, column, name, termsOf(action), `${termsOf(earlier.action)}, as it is known`);
    return null;
  }
  return { id: instrument.id, known: earlier !== null };
}

function termsOf(action: CorporateAction): string {
  if (action.kind === 'DIVIDEND') return `${action.cashPerUnit.toFixed()} a unit`;
  const { unitsAfter, unitsBefore, fractionPrice } = action;
  const parts = fractionPrice === null ? 'parts lapse' : `a unit ${fractionPrice.toFixed()}`;
  return `${unitsAfter} after ${unitsBefore}, ${parts}`;
}

function invalidFile(fileName: string, failures: readonly CsvFailure[]): InvalidFile {
  return { kind: 'INVALID_FILE', fileName, failures };
}
