import { createHash } from 'node:crypto';
import type { Json } from '../ports/events.ts';
import type { AuditRecord } from '../ports/audit.ts';

/** What stands before the first row of a chain: 64 zeros. */
export const genesisHash = '0'.repeat(64);

/**
 * What the hash of a row covers: the canonical JSON of an array of all its other fields in the order
 * below, the previous row's hash first. Whoever exports the trail can check it with nothing else.
 */
export function auditText(record: Omit<AuditRecord, 'hash'>): string {
  const fields: Json[] = [
    record.previousHash,
    record.chain,
    String(record.position),
    record.id,
    record.occurredAt.toISOString(),
    record.action,
    record.actorKind,
    record.actorUserId,
    record.actorId,
    record.entity,
    record.entityId,
    record.detail,
    record.personal,
    record.personalOf,
  ];
  return canonicalJson(fields);
}

/** Hash of a row of the audit trail: SHA-256 of its text, in hexadecimal. */
export function auditHash(record: Omit<AuditRecord, 'hash'>): string {
  return createHash('sha256').update(auditText(record)).digest('hex');
}

/** JSON with the keys of every object sorted, so that one value has one text. */
export function canonicalJson(value: Json): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: Json): Json {
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map(sorted);
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key] ?? null)]));
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}
