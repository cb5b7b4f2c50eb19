import type { PrismaClient } from '../generated/client.ts';

/** The client inside an interactive transaction. */
export type TransactionClient = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0];
