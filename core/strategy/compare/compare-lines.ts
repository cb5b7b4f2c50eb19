/** A line of two texts laid over each other; numbers count from 1. */
export interface ComparedLine {
  readonly kind: 'SAME' | 'ADDED' | 'REMOVED';
  readonly text: string;
  /** In the earlier text; null: it is not in it. */
  readonly before: number | null;
  /** In the later text; null: it is not in it. */
  readonly after: number | null;
}

/** Changed lines up to which the shortest way is looked for; with more the middle counts as rewritten. */
const mostChanges = 1000;

/**
 * The lines of two texts in one list, with as few changes as possible (source: Myers, "An O(ND)
 * difference algorithm and its variations", 1986); of equally few, what was taken away comes first.
 */
export function compareLines(earlier: string, later: string): readonly ComparedLine[] {
  const [a, b] = [linesOf(earlier), linesOf(later)];
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start += 1;
  let end = 0;
  while (
    end < Math.min(a.length, b.length) - start &&
    a[a.length - 1 - end] === b[b.length - 1 - end]
  ) {
    end += 1;
  }
  const changed = trace(a.slice(start, a.length - end), b.slice(start, b.length - end));
  const ops = [
    ...new Array<ComparedLine['kind']>(start).fill('SAME'),
    ...changed,
    ...new Array<ComparedLine['kind']>(end).fill('SAME'),
  ];
  let [before, after] = [0, 0];
  return ops.map((kind): ComparedLine => {
    if (kind !== 'ADDED') before += 1;
    if (kind !== 'REMOVED') after += 1;
    return {
      kind,
      text: (kind === 'ADDED' ? b[after - 1] : a[before - 1]) ?? '',
      before: kind === 'ADDED' ? null : before,
      after: kind === 'REMOVED' ? null : after,
    };
  });
}

function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  // What ends with a line break has no line behind it.
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** What becomes of each line on a shortest way from `a` to `b`. */
function trace(a: readonly string[], b: readonly string[]): readonly ComparedLine['kind'][] {
  const most = Math.min(a.length + b.length, mostChanges);
  // How far into `a` each diagonal has come, and what it was before each step.
  const reached = new Int32Array(2 * most + 3);
  const history: Int32Array[] = [];
  for (let changes = 0; changes <= most; changes += 1) {
    history.push(reached.slice(most + 1 - changes - 1, most + 1 + changes + 2));
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      const place = most + 1 + diagonal;
      const [below, above] = [reached[place - 1] as number, reached[place + 1] as number];
      const goesDown = diagonal === -changes || (diagonal !== changes && below < above);
      let x = goesDown ? above : below + 1;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x += 1;
      reached[place] = x;
      if (x >= a.length && x - diagonal >= b.length) return back(a, b, history);
    }
  }
  return [
    ...a.map((): ComparedLine['kind'] => 'REMOVED'),
    ...b.map((): ComparedLine['kind'] => 'ADDED'),
  ];
}

function back(
  a: readonly string[],
  b: readonly string[],
  history: readonly Int32Array[],
): readonly ComparedLine['kind'][] {
  const ops: ComparedLine['kind'][] = [];
  let [x, y] = [a.length, b.length];
  for (let changes = history.length - 1; changes >= 0; changes -= 1) {
    const reached = history[changes] as Int32Array;
    const middle = changes + 1;
    const diagonal = x - y;
    const [below, above] = [
      reached[middle + diagonal - 1] as number,
      reached[middle + diagonal + 1] as number,
    ];
    const goesDown = diagonal === -changes || (diagonal !== changes && below < above);
    const fromX = changes === 0 ? 0 : goesDown ? above : below;
    const fromY = changes === 0 ? 0 : fromX - (goesDown ? diagonal + 1 : diagonal - 1);
    while (x > fromX && y > fromY && a[x - 1] === b[y - 1]) {
      ops.push('SAME');
      x -= 1;
      y -= 1;
    }
    if (changes === 0) break;
    ops.push(goesDown ? 'ADDED' : 'REMOVED');
    [x, y] = [fromX, fromY];
  }
  return ops.reverse();
}
