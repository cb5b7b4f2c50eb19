/**
 * The candidate that `word` most likely meant: the one with the fewest letters changed, added or
 * dropped (Levenshtein distance, case ignored), where those are at most a third of the shorter one's
 * letters, and two at most; null where none is that near.
 */
export function nearestName(word: string, candidates: readonly string[]): string | null {
  let nearest: string | null = null;
  let fewest = Infinity;
  for (const candidate of candidates) {
    const allowed = Math.min(2, Math.ceil(Math.min(word.length, candidate.length) / 3));
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), allowed);
    if (distance <= allowed && distance < fewest) {
      nearest = candidate;
      fewest = distance;
    }
  }
  return nearest ?? candidates.find((candidate) => isHeadOf(word, candidate)) ?? null;
}

/** A name cut short, such as `crosses` for `crosses_above`. */
function isHeadOf(word: string, candidate: string): boolean {
  return word.length >= 3 && candidate.startsWith(word.toLowerCase());
}

function editDistance(left: string, right: string, allowed: number): number {
  if (Math.abs(left.length - right.length) > allowed) return Infinity;
  let above = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const kept = (above[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(kept, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    above = current;
  }
  return above[right.length] ?? Infinity;
}
