import { SealBroken, type ResealedColumn, type Sealer } from '@nandax/app/ports/secrets.ts';
import type { SealedTexts } from '@nandax/app/ports/secrets.ts';
import type { KeyRingSource } from '../../secrets/key-ring.ts';
import { Prisma, type PrismaClient } from '../generated/client.ts';
import { sealedColumns, type SealedColumn } from './sealed-columns.ts';

/** Texts sealed anew in one transaction, whose rows are locked meanwhile. */
const batchSize = 200;
/** Milliseconds: a row may be held by a letter that is being sent. */
const batchPatience = { timeout: 120_000 } as const;
/** A rotation may take long. */
const rotationPatience = { timeout: 3_600_000 } as const;
/** Number of the advisory lock that a rotation holds: nobody else uses it. */
const rotationLock = 7_239_414_805n;

interface SealedRow {
  readonly id: string;
  readonly sealed: string;
}

/** What is stored sealed, on Prisma. */
export function prismaSealedTexts(
  prisma: PrismaClient,
  sealer: Sealer,
  ring: KeyRingSource,
): SealedTexts {
  return {
    async reseal() {
      const resealed: ResealedColumn[] = [];
      for (const column of sealedColumns) {
        resealed.push(await resealColumn(prisma, sealer, ring, column));
      }
      return resealed;
    },

    async keysInUse() {
      const found = await Promise.all(
        sealedColumns.map(({ table, column }) => {
          const { name, from } = identifiers(table, column);
          return prisma.$queryRaw<{ key: string }[]>`
            SELECT DISTINCT split_part(${name}, '.', 2) AS "key" FROM ${from} WHERE ${name} <> ''`;
        }),
      );
      return new Set(found.flat().map(({ key }) => key));
    },

    exclusively: (work) =>
      prisma.$transaction(async (client) => {
        await client.$executeRaw`SELECT pg_advisory_xact_lock(${rotationLock})`;
        return work();
      }, rotationPatience),
  };
}

async function resealColumn(
  prisma: PrismaClient,
  sealer: Sealer,
  ring: KeyRingSource,
  { table, column, id }: SealedColumn,
): Promise<ResealedColumn> {
  const { name, from } = identifiers(table, column);
  const idName = Prisma.raw(`"${id}"`);
  const broken: string[] = [];
  let resealed = 0;
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await prisma.$transaction(async (client) => {
      const older = await client.$queryRaw<SealedRow[]>`
        SELECT ${idName}::text AS "id", ${name} AS "sealed" FROM ${from}
        WHERE ${idName} > ${after}::uuid AND ${name} <> ''
          AND split_part(${name}, '.', 2) <> ${ring()[0].id}
        ORDER BY ${idName} LIMIT ${batchSize} FOR UPDATE`;
      const fresh = older.flatMap((row) => {
        const place = `${table}.${column}:${row.id}`;
        const sealed = sealedAnew(sealer, row.sealed, place);
        if (sealed === null) broken.push(place);
        return sealed === null ? [] : [{ id: row.id, sealed }];
      });
      await client.$executeRaw`
        UPDATE ${from} SET ${name} = fresh."sealed"
        FROM unnest(
          ${fresh.map((row) => row.id)}::uuid[], ${fresh.map((row) => row.sealed)}::text[]
        ) AS fresh("id", "sealed")
        WHERE ${from}.${idName} = fresh."id"`;
      resealed += fresh.length;
      return older;
    }, batchPatience);
    const last = rows.at(-1);
    if (last === undefined) return { column: `${table}.${column}`, resealed, broken };
    after = last.id;
  }
}

/** Null: it does not open, so nobody can seal it anew. */
function sealedAnew(sealer: Sealer, sealed: string, place: string): string | null {
  try {
    return sealer.seal(sealer.open(sealed, place), place);
  } catch (error) {
    if (error instanceof SealBroken) return null;
    throw error;
  }
}

/** Names from our own table of columns, quoted for SQL. */
function identifiers(table: string, column: string): { name: Prisma.Sql; from: Prisma.Sql } {
  return { name: Prisma.raw(`"${column}"`), from: Prisma.raw(`"${table}"`) };
}
