/** One line of a chart, a value for each time. */
export interface Line {
  readonly name: string;
  readonly values: readonly number[];
  /** A colour of CSS. */
  readonly colour: string;
}

const [width, height] = [1080, 300];
const margin = { left: 74, right: 16, top: 28, bottom: 26 };

/** More points than pixels say nothing more: of each stretch the lowest and highest are drawn. */
const mostStretches = 800;

/** A chart of lines over time (RFC 3339) as SVG. */
export function linesChart(lines: readonly Line[], times: readonly string[]): string {
  let [low, high] = [Infinity, -Infinity];
  for (const { values } of lines) {
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (!(high > low)) [low, high] = [low - 1, high + 1];
  const last = Math.max(1, times.length - 1);
  const x = (row: number): number =>
    margin.left + (row / last) * (width - margin.left - margin.right);
  const y = (value: number): number =>
    margin.top + ((high - value) / (high - low)) * (height - margin.top - margin.bottom);
  const marks = [0, 1, 2, 3, 4].map((part) => low + ((high - low) * part) / 4);
  const grid = marks.map(
    (value) =>
      `<line x1="${margin.left}" x2="${width - margin.right}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}" stroke="var(--line)"/><text x="${margin.left - 8}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${label(value)}</text>`,
  );
  const dates = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const row = Math.round(part * (times.length - 1));
    const anchor = part === 0 ? 'start' : part === 1 ? 'end' : 'middle';
    return `<text x="${x(row).toFixed(1)}" y="${height - 8}" text-anchor="${anchor}">${(times[row] ?? '').slice(0, 10)}</text>`;
  });
  const names = lines.map(
    ({ name, colour }, index) =>
      `<rect x="${margin.left + index * 180}" y="10" width="14" height="4" fill="${colour}"/><text x="${margin.left + index * 180 + 20}" y="16">${name}</text>`,
  );
  const paths = lines.map(
    ({ values, colour }) =>
      `<path fill="none" stroke="${colour}" stroke-width="1.5" d="${pathOf(values, x, y)}"/>`,
  );
  const title = lines.map(({ name }) => name).join(' and ');
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">${[...grid, ...dates, ...names, ...paths].join('')}</svg>`;
}

function pathOf(
  values: readonly number[],
  x: (row: number) => number,
  y: (value: number) => number,
): string {
  const stretch = Math.max(1, Math.ceil(values.length / mostStretches));
  const points: string[] = [];
  for (let from = 0; from < values.length; from += stretch) {
    const to = Math.min(values.length, from + stretch);
    let [lowest, highest] = [from, from];
    for (let row = from; row < to; row += 1) {
      if ((values[row] as number) < (values[lowest] as number)) lowest = row;
      if ((values[row] as number) > (values[highest] as number)) highest = row;
    }
    const rows = new Set([from, Math.min(lowest, highest), Math.max(lowest, highest), to - 1]);
    for (const row of rows)
      points.push(`${x(row).toFixed(1)} ${y(values[row] as number).toFixed(1)}`);
  }
  return `M${points.join('L')}`;
}

function label(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e6) return `${(value / 1e6).toFixed(2)} m`;
  return size >= 1000 ? `${(value / 1000).toFixed(1)} k` : value.toFixed(1);
}
