import { naiveAverages } from './averages.ts';
import type { NaiveIndicator } from './bars.ts';
import { naiveMomentum } from './momentum.ts';
import { naivePatterns } from './patterns.ts';
import { naivePrices } from './prices.ts';
import { naiveStatistics } from './statistics.ts';
import { naiveTrend } from './trend.ts';
import { naiveVolatility } from './volatility.ts';
import { naiveVolume } from './volume.ts';

/** Every indicator once more, straight from its formula. */
export const naiveIndicators: Readonly<Record<string, NaiveIndicator>> = {
  ...naiveAverages,
  ...naiveMomentum,
  ...naiveTrend,
  ...naiveVolatility,
  ...naiveVolume,
  ...naiveStatistics,
  ...naivePrices,
  ...naivePatterns,
};
