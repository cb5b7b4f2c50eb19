import type { ReactNode } from 'react';
import { Fragment } from 'react';

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

/** Rows that belong together. */
export interface Group {
  readonly key: string;
  readonly heading: ReactNode;
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
  groupOf,
  detailOf,
  empty,
}: {
  /** The table's accessible name. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** The group a row is of; rows of one that stand together get a heading. Null: it stands alone. */
  readonly groupOf?: (row: Row) => Group | null;
  /** What stands below a row over its whole width; null: nothing. */
  readonly detailOf?: (row: Row) => ReactNode;
  readonly empty?: ReactNode;
}) {
  if (rows.length === 0 && empty !== undefined) return <>{empty}</>;
  return (
    <div
      className="@container relative overflow-x-auto"
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
          {rows.map((row, index) => {
            const group = groupOf?.(row) ?? null;
            const before = rows[index - 1];
            const detail = detailOf?.(row) ?? null;
            const begins =
              group !== null && (before === undefined || groupOf?.(before)?.key !== group.key);
            return (
              <Fragment key={rowKey(row)}>
                {begins && (
                  <tr className="border-b border-rule bg-sunk/60">
                    <th
                      scope="rowgroup"
                      colSpan={columns.length}
                      className={classNames(cellPadding, 'text-left text-xs font-medium')}
                    >
                      {group.heading}
                    </th>
                  </tr>
                )}
                <tr
                  className={classNames(
                    'last:border-0 hover:bg-sunk/50',
                    detail === null && 'border-b border-rule',
                  )}
                >
                  {columns.map((column) => (
                    <Cell key={column.heading} column={column} row={row} grouped={group !== null} />
                  ))}
                </tr>
                {detail !== null && (
                  <tr className="border-b border-rule last:border-0">
                    <td
                      colSpan={columns.length}
                      className={classNames(
                        'px-1.5 pb-1.5 text-xs text-ink-soft @lg:px-2',
                        group !== null && 'pl-4 @lg:pl-5',
                      )}
                    >
                      {detail}
                    </td>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Cell<Row>({
  column,
  row,
  grouped,
}: {
  readonly column: Column<Row>;
  readonly row: Row;
  readonly grouped: boolean;
}) {
  const className = classNames(
    cellPadding,
    column.figure ? 'text-right whitespace-nowrap' : 'text-left',
    column.from && shownFrom[column.from],
  );
  return column.names ? (
    <th scope="row" className={classNames(className, 'font-medium', grouped && 'pl-4 @lg:pl-5')}>
      {column.cell(row)}
    </th>
  ) : (
    <td className={className}>{column.cell(row)}</td>
  );
}
