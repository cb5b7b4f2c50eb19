import type { ReactNode } from 'react';

import { classNames } from './class-names.ts';

export interface Column<Row> {
  readonly heading: string;
  readonly cell: (row: Row) => ReactNode;
  /** Figures stand right-aligned, so that their digits line up. */
  readonly figure?: boolean;
  /** The cell that names the row, read out before the others. */
  readonly names?: boolean;
  /** Shown only where the table has room for it: from 512 or from 896 pixels. */
  readonly from?: 'medium' | 'wide';
}

const shownFrom = {
  medium: 'hidden @lg:table-cell',
  wide: 'hidden @4xl:table-cell',
} as const;

const cellPadding = 'px-1.5 py-1.5 @lg:px-2';

/** A table that scrolls within itself when the screen is narrow, never the page. */
export function DataTable<Row>({
  caption,
  columns,
  rows,
  rowKey,
  empty,
}: {
  /** The table's accessible name. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly empty?: ReactNode;
}) {
  if (rows.length === 0 && empty !== undefined) return <>{empty}</>;
  return (
    <div
      className="@container overflow-x-auto"
      tabIndex={0}
      role="region"
      aria-label={`${caption}, scrollable`}
    >
      <table className="mx-2.5 w-[calc(100%-1.25rem)] border-collapse text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-rule text-xs text-ink-soft">
            {columns.map((column) => (
              <th
                key={column.heading}
                scope="col"
                className={classNames(
                  cellPadding,
                  'font-medium whitespace-nowrap',
                  column.figure ? 'text-right' : 'text-left',
                  column.from && shownFrom[column.from],
                )}
              >
                {column.heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className="border-b border-rule last:border-0 hover:bg-sunk/50">
              {columns.map((column) => (
                <Cell key={column.heading} column={column} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell<Row>({ column, row }: { readonly column: Column<Row>; readonly row: Row }) {
  const className = classNames(
    cellPadding,
    column.figure ? 'text-right whitespace-nowrap' : 'text-left',
    column.from && shownFrom[column.from],
  );
  return column.names ? (
    <th scope="row" className={classNames(className, 'font-medium')}>
      {column.cell(row)}
    </th>
  ) : (
    <td className={className}>{column.cell(row)}</td>
  );
}
