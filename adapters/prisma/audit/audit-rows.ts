import { auditHash, canonicalJson, genesisHash } from '@nandax/app/audit/chain.ts';
import type { Actor } from '@nandax/app/actor.ts';
import { installationChain, type AuditEntry, type AuditRecord } from '@nandax/app/ports/audit.ts';
import type { Json } from '@nandax/app/ports/events.ts';
import type { Sealer } from '@nandax/app/ports/secrets.ts';
import type { IdSource } from '@nandax/app/ports/world.ts';
import type { TransactionClient } from '../trading/transaction-client.ts';
import { personalPlace, sealPersonal, userKey } from './user-keys.ts';

/** What writing audit rows takes: the key ring, and ids for the rows. */
export interface AuditTools {
  readonly sealer: Sealer;
  readonly ids: Pick<IdSource, 'uuid'>;
}

/** An entry and the wall clock of what it tells. */
export interface DatedEntry {
  readonly entry: AuditEntry;
  readonly at: Date;
}

/**
 * Appends to the chains that entries belong to. The head's row is the chain's lock, and stays locked to
 * the commit.
 */
export async function appendDated(
  client: TransactionClient,
  tools: AuditTools,
  entries: readonly DatedEntry[],
): Promise<void> {
  for (const chain of [...new Set(entries.map(({ entry }) => entry.chain))].sort()) {
    const own = entries.filter(({ entry }) => entry.chain === chain);
    const updatedAt = own[0]?.at ?? new Date(0);
    let last: Pick<AuditRecord, 'position' | 'hash'> = await lockHead(client, chain, updatedAt);
    for (const { entry, at } of own) last = await appendOne(client, tools, entry, last, at);
    await client.auditHead.update({
      where: { chain },
      data: { position: last.position, hash: last.hash, updatedAt: own.at(-1)?.at ?? updatedAt },
    });
  }
}

/**
 * Locks the head of a chain, and its account's row against erasure and a change of key ahead of it: an
 * event that follows names that row, and who changes the account locks it before the head.
 */
async function lockHead(
  client: TransactionClient,
  chain: string,
  at: Date,
): Promise<Pick<AuditRecord, 'position' | 'hash'>> {
  const locked = () => client.$queryRaw<{ position: bigint; hash: string }[]>`
    WITH account AS MATERIALIZED (
      SELECT "id" FROM "User" WHERE "id" = ${chain}::uuid FOR KEY SHARE)
    SELECT "position", "hash" FROM "AuditHead"
    WHERE "chain" = ${chain}::uuid AND (SELECT count(*) FROM account) >= 0 FOR UPDATE`;
  const [known] = await locked();
  if (known !== undefined) return known;
  await client.$executeRaw`
    INSERT INTO "AuditHead" ("chain", "position", "hash", "updatedAt")
    VALUES (${chain}::uuid, 0, ${genesisHash}, ${at}) ON CONFLICT ("chain") DO NOTHING`;
  const [made] = await locked();
  if (made === undefined) throw new Error(`audit chain ${chain} has no head`);
  return made;
}

async function appendOne(
  client: TransactionClient,
  tools: AuditTools,
  entry: AuditEntry,
  last: Pick<AuditRecord, 'position' | 'hash'>,
  at: Date,
): Promise<AuditRecord> {
  const { chain, action, actor } = entry;
  const id = tools.ids.uuid();
  const sealed = await sealedPersonal(client, tools, entry, id, at);
  const unhashed: Omit<AuditRecord, 'hash'> = {
    id,
    chain,
    position: last.position + 1n,
    occurredAt: at,
    action,
    actorKind: actor.kind,
    actorUserId: 'userId' in actor ? actor.userId : null,
    actorId: actorIdOf(actor),
    entity: entry.entity ?? null,
    entityId: entry.entityId ?? null,
    detail: canonicalJson({ before: entry.before ?? null, after: entry.after ?? null }),
    ...sealed,
    previousHash: last.hash,
  };
  const record: AuditRecord = { ...unhashed, hash: auditHash(unhashed) };
  await client.auditEvent.create({ data: record });
  return record;
}

/**
 * Address and device belong to whoever acted, other personal data to the account. Both are sealed
 * under one key: the account's, or for the installation's chain the actor's. So an administrator's
 * address on another's chain is left out.
 */
async function sealedPersonal(
  client: TransactionClient,
  { sealer }: AuditTools,
  { chain, actor, personal }: AuditEntry,
  id: string,
  at: Date,
): Promise<Pick<AuditRecord, 'personal' | 'personalOf'>> {
  const acting = 'userId' in actor ? actor.userId : null;
  const owner = chain === installationChain ? acting : chain;
  const origin =
    'ipAddress' in actor && (acting === null || acting === owner) ? originOf(actor) : {};
  const content: Json = { ...origin, ...personal };
  if (owner === null || Object.keys(content).length === 0)
    return { personal: null, personalOf: null };
  const key = await userKey(client, sealer, owner, at);
  if (key === null) return { personal: null, personalOf: null };
  return {
    personal: sealPersonal(key, canonicalJson(content), personalPlace(id)),
    personalOf: owner,
  };
}

function originOf(actor: Extract<Actor, { readonly ipAddress: string | null }>): {
  readonly [key: string]: Json;
} {
  return { ipAddress: actor.ipAddress, userAgent: actor.userAgent?.slice(0, 400) ?? null };
}

function actorIdOf(actor: Actor): string | null {
  switch (actor.kind) {
    case 'USER':
      return actor.sessionId;
    case 'API_KEY':
      return actor.apiKeyId;
    case 'AGENT':
      return actor.agentId;
    case 'STRANGER':
    case 'SYSTEM':
      return null;
  }
}
