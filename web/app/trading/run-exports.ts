import type { RunExportFormat } from '../generated/graphql.ts';

/** What a run can be downloaded as: the word in the address, and the name of the link. */
export const runExports: readonly {
  readonly as: string;
  readonly format: RunExportFormat;
  readonly name: string;
}[] = [
  { as: 'page', format: 'HTML', name: 'Report (HTML)' },
  { as: 'trades', format: 'TRADES_CSV', name: 'Trades (CSV)' },
  { as: 'equity', format: 'EQUITY_CSV', name: 'Equity (CSV)' },
  { as: 'json', format: 'JSON', name: 'Everything (JSON)' },
];

/** The format that an address asks for; everything where it asks for nothing known. */
export function formatOf(as: string | null): RunExportFormat {
  return runExports.find((known) => known.as === as)?.format ?? 'JSON';
}
