import { Decimal } from 'decimal.js';
import type { EntityName, NodeView } from '@nandax/app/views/node.ts';

/** A row as the database or the event log gives it. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * The fields of a view that need work: each decimal and each instant, named with its kind. The
 * compiler asks for all of them and for no other.
 */
export type FieldKinds<View> = {
  readonly [
    Field in keyof View as View[Field] extends Decimal | Date | null
      ? [View[Field]] extends [null]
        ? never
        : Field
      : never
  ]: View[Field] extends Decimal | null ? 'decimal' : 'instant';
};

/**
 * Makes views of rows: of database rows, where decimals and instants are objects of the driver's, and
 * of snapshots in the event log, where both are text. Other fields are taken as they are.
 */
export function viewMaker<View extends NodeView>(
  entity: EntityName,
  kinds: FieldKinds<View>,
  more: (row: Row) => Partial<View> = () => ({}),
): (row: Row) => View {
  const fields = Object.entries(kinds as Record<string, 'decimal' | 'instant'>);
  return (row) => {
    const view: Record<string, unknown> = { ...row, entity };
    for (const [field, kind] of fields) {
      view[field] = kind === 'decimal' ? decimalOf(row[field]) : instantOf(row[field]);
    }
    return Object.assign(view, more(row)) as unknown as View;
  };
}

/** The exact decimal of a column or a text; null stays null. */
export function decimalOf(value: unknown): Decimal | null {
  return value === null || value === undefined ? null : new Decimal(value as Decimal.Value);
}

/** The exact decimal of a column; a missing one (the sum of no rows) is 0. */
export function decimalOrZero(value: unknown): Decimal {
  return decimalOf(value) ?? new Decimal(0);
}

/** The instant of a column or of ISO text; null stays null. */
export function instantOf(value: unknown): Date | null {
  if (value === null || value === undefined) return null;
  return value instanceof Date ? value : new Date(value as string);
}
