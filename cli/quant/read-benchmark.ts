import { succeed, type Result } from '@nandax/core/result.ts';
import type { BarColumns } from '@nandax/core/strategy/columns/bar-columns.ts';
import { fitBars } from './fit-bars.ts';
import { readBars, type BarsRequest } from './read-bars.ts';

/** Bars to compare with, as long as their file has them. */
export async function readBenchmark(
  { data: _traded, timeFrame: _longer, ...request }: BarsRequest,
  file: string,
): Promise<Result<BarColumns, string>> {
  const read = await readBars({ ...request, data: [file] });
  if (!read.ok) return read;
  const fitted = fitBars(read.value, { traded: read.value.files, references: [] });
  if (!fitted.ok) return fitted;
  const [series] = fitted.value.traded;
  if (series === undefined) throw new Error('a file without bars');
  return succeed(series.bars);
}
