import type { AuditAnchor, AuditHead, AuditTrail } from '../ports/audit.ts';
import { auditHash, genesisHash } from './chain.ts';
import type { TrailFinding } from './trail-finding.ts';

export interface VerifyTrailPorts {
  readonly auditTrail: AuditTrail;
  readonly auditAnchor: AuditAnchor;
}

/** What was walked. */
export interface TrailExtent {
  readonly rows: number;
  readonly chains: number;
  /** Heads of the anchor that were compared. */
  readonly anchoredHeads: number;
  /** Lines of the anchor that nobody can check any more, since their key is gone. */
  readonly unreadableAnchors: number;
  readonly findings: number;
}

/** Below every position there can be, so that no row hides before the first. */
const beforeEverything = -(2n ** 63n);

/**
 * Proves the whole trail: every row, every head, and every head that was ever anchored. What is wrong
 * is handed to `report` as it is found; memory does not grow with the trail, and others may append
 * meanwhile. Rows that were removed before they were anchored, head and all, leave no trace.
 */
export async function verifyTrail(
  { auditTrail, auditAnchor }: VerifyTrailPorts,
  report: (finding: TrailFinding) => void,
): Promise<TrailExtent> {
  let findings = 0;
  const tell = (finding: TrailFinding) => {
    findings += 1;
    report(finding);
  };
  let rows = 0;
  const chains = await auditTrail.chains();
  for (const chain of chains) rows += await verifyChain(auditTrail, chain, tell);
  const anchors = await compareAnchors(auditTrail, auditAnchor, tell);
  return { rows, chains: chains.length, ...anchors, findings };
}

/** Walks one chain to its head; returns how many rows it has. */
async function verifyChain(
  trail: AuditTrail,
  chain: string,
  tell: (finding: TrailFinding) => void,
): Promise<number> {
  const walk = new ChainWalk(chain, tell);
  for await (const batch of trail.records(chain, beforeEverything)) batch.forEach(walk.step);
  // Read after the rows: a row and its head are committed together, so it is never behind them.
  const head = await trail.head(chain);
  if (head === null) {
    tell({ kind: 'HEAD_MISSING', chain, position: walk.position });
    return walk.rows;
  }
  if (head.position > walk.position) {
    // Either the tail is gone, or someone appended since.
    walk.expect(head);
    for await (const batch of trail.records(chain, walk.position)) batch.forEach(walk.step);
  }
  const { position } = walk;
  if (head.position > position) {
    tell({ kind: 'TAIL_MISSING', chain, position, head: head.position });
  } else if (head.position < position && !walk.met(head)) {
    tell({ kind: 'HEAD_BEHIND', chain, position, head: head.position });
  } else if (head.position === position && head.hash !== walk.hash) {
    tell({ kind: 'HEAD_DIFFERS', chain, position });
  }
  return walk.rows;
}

/** Goes from row to row of a chain. */
class ChainWalk {
  position = 0n;
  /** Stored hash of the row at `position`. */
  hash = genesisHash;
  rows = 0;
  /** A head that the rows still have to pass. */
  #expected: AuditHead | null = null;
  #met = false;

  constructor(
    private readonly chain: string,
    private readonly tell: (finding: TrailFinding) => void,
  ) {}

  /** From here on rows may go beyond this head, but must pass it. */
  expect(head: AuditHead): void {
    this.#expected = head;
  }

  /** Whether the rows passed the head they had to, on their way to what was appended after it. */
  met(head: AuditHead): boolean {
    return this.#expected === head && this.#met;
  }

  readonly step = (row: Parameters<typeof auditHash>[0] & { readonly hash: string }): void => {
    const { chain, tell } = this;
    const { position } = row;
    this.rows += 1;
    if (position <= this.position) {
      tell({ kind: 'ROW_UNEXPECTED', chain, position });
      return;
    }
    const next = this.position + 1n;
    if (position > next) {
      tell({ kind: 'ROWS_MISSING', chain, position: next, until: position - 1n });
    } else if (row.previousHash !== this.hash) {
      tell({ kind: 'LINK_BROKEN', chain, position });
    }
    if (auditHash(row) !== row.hash) tell({ kind: 'ROW_CHANGED', chain, position });
    if (position === this.#expected?.position) {
      this.#met = true;
      if (row.hash !== this.#expected.hash) tell({ kind: 'HEAD_DIFFERS', chain, position });
    }
    this.position = position;
    this.hash = row.hash;
  };
}

/**
 * Looks for every head that was ever anchored, not only the last: after a chain was rewritten, the
 * next anchored head would fit the forgery. Of one chain the first fault of each kind is told.
 */
async function compareAnchors(
  trail: AuditTrail,
  anchor: AuditAnchor,
  tell: (finding: TrailFinding) => void,
): Promise<Pick<TrailExtent, 'anchoredHeads' | 'unreadableAnchors'>> {
  const told = new Set<string>();
  let anchoredHeads = 0;
  let unreadableAnchors = 0;
  for await (const lines of anchor.lines()) {
    const heads: AuditHead[] = [];
    for (const each of lines) {
      if (each.kind === 'HEAD') heads.push(each.head);
      else if (each.kind === 'FORGED') tell({ kind: 'ANCHOR_FORGED', line: each.line });
      else unreadableAnchors += 1;
    }
    anchoredHeads += heads.length;
    const hashes = await trail.hashesAt(heads);
    heads.forEach(({ chain, position, hash }, index) => {
      const found = hashes[index] ?? null;
      if (found === hash) return;
      const kind = found === null ? 'ANCHORED_ROW_MISSING' : 'ANCHORED_ROW_DIFFERS';
      if (told.has(`${kind} ${chain}`)) return;
      told.add(`${kind} ${chain}`);
      tell({ kind, chain, position });
    });
  }
  return { anchoredHeads, unreadableAnchors };
}
