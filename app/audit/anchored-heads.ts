import type { AuditAnchor, AuditHead, AuditTrail } from '../ports/audit.ts';
import type { Clock, Log } from '../ports/world.ts';

export interface AnchorHeadsPorts {
  readonly auditTrail: AuditTrail;
  readonly auditAnchor: AuditAnchor;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * How far back each look goes behind the one before it: a transaction that began earlier may commit
 * later, and the clocks of machines differ, milliseconds.
 */
const overlapMs = 300_000;

/** Carries the heads of the audit trail to the anchor, and notices a chain that went back. */
export class AnchoredHeads {
  #anchored: Map<string, AuditHead> | null = null;
  #since = new Date(0);
  /** Chains whose fault was told. */
  readonly #told = new Set<string>();

  constructor(private readonly ports: AnchorHeadsPorts) {}

  /** Anchors every head that moved since the last look; the first one looks at all of them. */
  async catchUp(): Promise<void> {
    const { auditTrail, auditAnchor, clock, log } = this.ports;
    const now = clock.now();
    this.#anchored ??= new Map(await auditAnchor.read());
    const anchored = this.#anchored;
    const heads = await auditTrail.headsSince(this.#since);
    const moved = heads.filter(
      (head) => head.position > (anchored.get(head.chain)?.position ?? 0n),
    );
    if (moved.length > 0) {
      await auditAnchor.write(moved, now);
      // The log is one more place apart: it often leaves the machine.
      const told = moved.map(({ chain, position, hash }) => `${chain} ${position} ${hash}`);
      log.info({ heads: told }, 'audit heads anchored');
    }
    for (const head of heads) this.#lookForFault(head, anchored.get(head.chain));
    for (const { chain, position, hash } of moved) anchored.set(chain, { chain, position, hash });
    this.#since = new Date(now.getTime() - overlapMs);
  }

  #lookForFault(head: AuditHead, known: AuditHead | undefined): void {
    const { chain, position, hash } = head;
    if (known === undefined || position > known.position || this.#told.has(chain)) return;
    if (position === known.position && hash === known.hash) return;
    this.#told.add(chain);
    const anchoredAt = String(known.position);
    this.ports.log.error(
      { chain, position: String(position), anchoredAt },
      'a chain of the audit trail is not what was anchored: run npm run audit:verify',
    );
  }
}
