import type { TrailFinding } from '@nandax/app/audit/trail-finding.ts';
import { installationChain } from '@nandax/app/ports/audit.ts';

/** What is wrong, in one line: the chain, the position, and what it means. */
export function trailFindingWords(finding: TrailFinding): string {
  if (finding.kind === 'ANCHOR_FORGED') {
    return `anchor, line ${finding.line}: edited or forged, its signature does not fit.`;
  }
  const { chain, position } = finding;
  const name = chain === installationChain ? 'the installation' : `user ${chain}`;
  return `chain of ${name}, position ${position}: ${faultWords(finding)}`;
}

/** How much was looked at, and how much of it is wrong, in one line. */
export function trailExtentWords(extent: {
  readonly rows: number;
  readonly chains: number;
  readonly findings: number;
}): string {
  const looked = `${counted(extent.rows, 'row')} in ${counted(extent.chains, 'chain')}`;
  return `${looked}; ${extent.findings === 0 ? 'all in order' : counted(extent.findings, 'finding')}`;
}

function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}

function faultWords(finding: Exclude<TrailFinding, { kind: 'ANCHOR_FORGED' }>): string {
  switch (finding.kind) {
    case 'ROWS_MISSING':
      return finding.until === finding.position
        ? 'the row is missing.'
        : `the rows up to ${finding.until} are missing.`;
    case 'ROW_UNEXPECTED':
      return 'a row that does not belong there.';
    case 'ROW_CHANGED':
      return 'the row was changed, its hash does not fit.';
    case 'LINK_BROKEN':
      return 'the row does not follow from the row before it.';
    case 'HEAD_MISSING':
      return 'the rows go so far, and the chain has no head.';
    case 'TAIL_MISSING':
      return `the rows end here, the head says ${finding.head}: the tail was removed.`;
    case 'HEAD_BEHIND':
      return `the rows go so far, the head says ${finding.head}: it was set back.`;
    case 'HEAD_DIFFERS':
      return 'the row is not the one the head names.';
    case 'ANCHORED_ROW_MISSING':
      return 'the row was anchored and is gone.';
    case 'ANCHORED_ROW_DIFFERS':
      return 'the row is not the one that was anchored: the chain was rewritten.';
  }
}
