/** A piece of the document with its role in the rule language. */
export interface Token {
  readonly text: string;
  readonly kind: 'comment' | 'keyword' | 'function' | 'number' | 'plain';
  /** 1-based, as the errors of the API count. */
  readonly column: number;
}

const pattern =
  /(?<comment>#.*)|(?<keyword>\b(?:capital_per_trade|stop_loss|take_profit|max_positions|product|long|short|entry|exit|when|and|or|not|crosses_above|crosses_below)\b)|(?<function>\b[a-z_]+(?=\s*\())|(?<number>\b\d+(?:\.\d+)?%?)|(?<plain>[A-Za-z_]\w*|[<>=!]=|\s+|.)/g;

/** One line of the document in coloured pieces; together they are the line again. */
export function highlightLine(line: string): readonly Token[] {
  return [...line.matchAll(pattern)].map((match) => {
    const kind = Object.entries(match.groups ?? {}).find(([, text]) => text)?.[0];
    return { text: match[0], kind: (kind ?? 'plain') as Token['kind'], column: match.index + 1 };
  });
}
