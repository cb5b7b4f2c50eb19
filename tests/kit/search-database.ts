import type { PrismaClient } from '@nandax/adapters/prisma/generated/client.ts';

/**
 * Where a text stands anywhere in the database: names of the tables with a row that holds it, in
 * whatever column and whatever case, also as bytes.
 */
export async function tablesWith(prisma: PrismaClient, text: string): Promise<readonly string[]> {
  const tables = await prisma.$queryRaw<{ name: string }[]>`
    SELECT table_name AS "name" FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY table_name`;
  const found: string[] = [];
  for (const { name } of tables) {
    // A row's text is that of all its columns: JSON and lists as written, bytes in hexadecimal.
    const [hit] = await prisma.$queryRawUnsafe<unknown[]>(
      `SELECT 1 FROM "${name}" AS item
       WHERE strpos(lower(item::text), lower($1)) > 0 OR strpos(item::text, $2) > 0 LIMIT 1`,
      text,
      Buffer.from(text).toString('hex'),
    );
    if (hit !== undefined) found.push(name);
  }
  return found;
}
