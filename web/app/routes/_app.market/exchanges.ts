import type { Exchange } from '../../generated/graphql.ts';

/** The exchanges an import may name. */
export const exchanges: readonly Exchange[] = ['NSE', 'BSE', 'NFO', 'BFO', 'CDS', 'BCD', 'MCX'];
