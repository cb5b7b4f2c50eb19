import type { BatchRead } from '@nandax/app/ports/reads.ts';
import type { PersonalData } from '@nandax/app/ports/secrets.ts';
import { personalPlace } from '../audit/user-keys.ts';
import type { PrismaClient } from '../generated/client.ts';

/** Opens the personal data of many rows of the audit trail with one look at rows and one at keys. */
export function personalOfAuditEvent(
  prisma: PrismaClient,
  personalData: PersonalData,
): BatchRead<string> {
  return async (ids) => {
    const rows = await prisma.auditEvent.findMany({
      where: { id: { in: [...ids] } },
      select: { id: true, personal: true, personalOf: true },
    });
    const sealed = rows.flatMap(({ id, personal, personalOf }) =>
      personal === null || personalOf === null
        ? []
        : [{ id, userId: personalOf, sealed: personal, place: personalPlace(id) }],
    );
    const plain = await personalData.openAll(sealed);
    return new Map(
      sealed.flatMap(({ id }, index): [string, string][] => {
        const text = plain[index] ?? null;
        return text === null ? [] : [[id, text]];
      }),
    );
  };
}
