import type pg from 'pg';

/** A column of a table, as the database itself describes it. */
export interface Column {
  readonly table: string;
  readonly name: string;
  /** PostgreSQL's own name of the type, e.g. `timestamptz`, `_text`, or that of an enum. */
  readonly type: string;
  /** Digits after the point of a numeric column; null: another type. */
  readonly scale: number | null;
  /** All digits of a numeric column; null: another type. */
  readonly precision: number | null;
  readonly hasDefault: boolean;
}

/** Every table of the migrated database with its columns, so that a new one cannot be forgotten. */
export async function readCatalogue(
  pool: pg.Pool,
): Promise<ReadonlyMap<string, readonly Column[]>> {
  const { rows } = await pool.query<Column>(`
    SELECT "table_name" AS "table", "column_name" AS "name", "udt_name" AS "type",
      "numeric_scale" AS "scale", "numeric_precision" AS "precision",
      "column_default" IS NOT NULL AS "hasDefault"
    FROM information_schema.columns
    JOIN pg_class ON relname = "table_name" AND NOT relispartition
    JOIN pg_namespace ON pg_namespace.oid = relnamespace AND nspname = "table_schema"
    WHERE "table_schema" = 'public' AND "table_name" <> '_prisma_migrations'
    ORDER BY "table_name", "ordinal_position"`);
  const tables = new Map<string, Column[]>();
  for (const row of rows) tables.set(row.table, [...(tables.get(row.table) ?? []), row]);
  return tables;
}
