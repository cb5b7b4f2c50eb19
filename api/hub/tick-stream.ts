import type { Loaders } from '../loaders.ts';

export interface TickUpdate {
  readonly feedId: string;
  readonly loaders: Loaders;
  readonly ticks: readonly {
    readonly instrumentId: string;
    readonly time: Date;
    readonly price: number;
    readonly volume: number | null;
  }[];
}
