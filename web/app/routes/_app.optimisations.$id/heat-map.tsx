import { useSearchParams } from '@remix-run/react';

import { Button } from '../../components/button.tsx';
import { SelectField } from '../../components/field.tsx';
import type { OptimisationScreenQuery, TrialStatistic } from '../../generated/graphql.ts';
import { shortNumber, statisticName, statisticValue } from '../../optimisation/trial-words.ts';

type Optimisation = NonNullable<OptimisationScreenQuery['optimisation']>;
type Map = NonNullable<Optimisation['heatMap']>;

/** Room for the words at the edges, in units of the drawing; one is a little more than a pixel. */
const [left, bottom] = [44, 34];
const pixelsOfUnit = 1.25;

/** The aim over two parameters, and the choice of them. */
export function HeatMap({ optimisation, map }: { optimisation: Optimisation; map: Map }) {
  const [search] = useSearchParams();
  const { parameters, aim, direction } = optimisation;
  return (
    <div className="flex flex-col gap-3">
      <form method="get" aria-label="Heat map" className="flex flex-wrap items-end gap-2">
        {search.has('order') && (
          <input type="hidden" name="order" value={search.get('order') ?? ''} />
        )}
        {(
          [
            ['x', 'Across', map.xParameter],
            ['y', 'Up', map.yParameter],
          ] as const
        ).map(([name, label, value]) => (
          <SelectField key={name} label={label} name={name} defaultValue={value} className="w-28">
            {parameters.map((parameter) => (
              <option key={parameter.name}>{parameter.name}</option>
            ))}
          </SelectField>
        ))}
        <SelectField
          label="Of the others"
          name="fold"
          defaultValue={search.get('fold') ?? 'BEST'}
          className="w-32"
        >
          <option value="BEST">the best</option>
          <option value="MEAN">the mean</option>
        </SelectField>
        <Button type="submit">Show</Button>
      </form>
      <Picture map={map} aim={aim} isLessBetter={direction === 'MINIMISE'} />
    </div>
  );
}

function Picture({
  map,
  aim,
  isLessBetter,
}: {
  readonly map: Map;
  readonly aim: TrialStatistic;
  readonly isLessBetter: boolean;
}) {
  const values = map.cells.flatMap(({ value }) => value ?? []);
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const [palest, deepest] = middleOf(values);
  const cell = Math.max(map.x.length, map.y.length) > 12 ? 20 : 36;
  const [width, height] = [left + map.x.length * cell, map.y.length * cell + bottom];
  /** 0 is the worst, 1 the best. */
  const goodness = (value: number): number => {
    const share = deepest === palest ? 1 : (value - palest) / (deepest - palest);
    const held = Math.min(1, Math.max(0, share));
    return isLessBetter ? 1 - held : held;
  };
  const ends = (count: number): readonly number[] => {
    const every = Math.max(1, Math.ceil(count / 8));
    return Array.from({ length: count }, (_, at) => at).filter((at) => at % every === 0);
  };
  const name = statisticName(aim);
  const best = isLessBetter ? lowest : highest;
  return (
    <figure className="flex flex-col gap-2">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={
          values.length === 0
            ? 'No trial has a value yet'
            : `${name} by ${map.xParameter} and ${map.yParameter}: from ${statisticValue(aim, lowest)} to ${statisticValue(aim, highest)}`
        }
        className="max-h-[32rem] w-full"
        style={{ maxWidth: `${width * pixelsOfUnit}px` }}
      >
        {map.cells.map(({ x, y, value, trials }) => (
          <rect
            key={`${x} ${y}`}
            x={left + x * cell}
            y={(map.y.length - 1 - y) * cell}
            width={cell - 1}
            height={cell - 1}
            rx="2"
            className={typeof value === 'number' ? 'stroke-transparent' : 'fill-sunk'}
            {...(typeof value === 'number' && {
              style: {
                fill: shade(goodness(value)),
                ...(value === best && { stroke: 'var(--ink)', strokeWidth: 1.5 }),
              },
            })}
          >
            <title>
              {`${map.xParameter} ${spanOf(map.x[x])}, ${map.yParameter} ${spanOf(map.y[y])}: ${statisticValue(aim, value)}${trials > 1 ? ` (${trials} trials)` : ''}`}
            </title>
          </rect>
        ))}
        <g className="fill-ink-soft text-[9px]">
          {ends(map.x.length).map((at) => (
            <text
              key={at}
              x={left + at * cell + cell / 2}
              y={map.y.length * cell + 10}
              textAnchor="middle"
            >
              {shortNumber(map.x[at]?.from ?? NaN)}
            </text>
          ))}
          {ends(map.y.length).map((at) => (
            <text
              key={at}
              x={left - 4}
              y={(map.y.length - 1 - at) * cell + cell / 2 + 3}
              textAnchor="end"
            >
              {shortNumber(map.y[at]?.from ?? NaN)}
            </text>
          ))}
          <text x={left + (map.x.length * cell) / 2} y={height - 6} textAnchor="middle">
            {map.xParameter}
          </text>
          <text
            transform={`translate(9 ${(map.y.length * cell) / 2}) rotate(-90)`}
            textAnchor="middle"
          >
            {map.yParameter}
          </text>
        </g>
      </svg>
      {values.length > 0 && (
        <figcaption className="flex flex-wrap items-center gap-2 text-xs text-ink-soft">
          <span>{statisticValue(aim, isLessBetter ? highest : lowest)}</span>
          <span
            aria-hidden
            className="h-2.5 w-32 rounded-sm"
            style={{
              background: `linear-gradient(to right, ${shade(0)}, ${shade(0.5)}, ${shade(1)})`,
            }}
          />
          <span>{statisticValue(aim, best)}, the best</span>
        </figcaption>
      )}
    </figure>
  );
}

/** The lowest and highest of all but a twentieth at either end: one outlier must not pale the rest. */
function middleOf(values: readonly number[]): readonly [number, number] {
  const sorted = values.toSorted((one, other) => one - other);
  const last = sorted.length - 1;
  const [low, high] = [Math.ceil(last * 0.05), Math.floor(last * 0.95)];
  return [sorted[low] ?? NaN, sorted[Math.max(low, high)] ?? NaN];
}

/** From the colour of a loss over the sheet's own to that of a gain; it follows the theme. */
function shade(goodness: number): string {
  const share = Math.round(Math.abs(goodness - 0.5) * 170);
  return `color-mix(in oklab, var(--${goodness < 0.5 ? 'loss' : 'gain'}) ${share}%, var(--sunk))`;
}

function spanOf(part: { readonly from: number; readonly to: number } | undefined): string {
  if (part === undefined) return '';
  const { from, to } = part;
  return from === to ? shortNumber(from) : `${shortNumber(from)} to ${shortNumber(to)}`;
}
